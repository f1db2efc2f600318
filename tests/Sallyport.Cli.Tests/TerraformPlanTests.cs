using System.Runtime.CompilerServices;

namespace Sallyport.Cli.Tests;

/// <summary>Plans on the command line: both sides of one file, and what a pull request would be told.</summary>
public sealed class TerraformPlanTests : IDisposable
{
    private const string Group = """{"id":"sg-0000000a","arn":"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0000000a","name":"web","vpc_id":"vpc-0000000a","ingress":[BLOCKS],"egress":[]}""";
    private const string Https = """{"cidr_blocks":["10.0.0.0/8"],"from_port":443,"to_port":443,"protocol":"tcp","self":false}""";
    private const string Ssh = """{"cidr_blocks":["0.0.0.0/0"],"from_port":22,"to_port":22,"protocol":"tcp","self":false}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-plan-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_plan_that_opens_something_is_a_difference_of_its_two_sides()
    {
        var plan = Plan("plan.json", Https, $"{Https},{Ssh}");
        var run = await Run.Sallyport(["diff", $"{plan}#before", $"{plan}#after"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.StartsWith("widens", run.Out, StringComparison.Ordinal);
        Assert.Contains("+ 0.0.0.0/0 -> web (sg-0000000a): tcp/22", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("tcp/443", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_changes_nothing_of_the_rules_is_equal()
    {
        var plan = Plan("plan.json", Https, Https);
        var run = await Run.Sallyport(["diff", $"{plan}#before", plan], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((ExitCode.Done, string.Empty), (run.Code, run.Error));
    }

    [Fact]
    public async Task The_first_plan_of_all_has_nothing_before_and_that_is_no_empty_read()
    {
        var plan = Path.Combine(Samples(), "shop", "create.json");
        var run = await Run.Sallyport(["diff", $"{plan}#before", $"{plan}#after"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.StartsWith("widens", run.Out, StringComparison.Ordinal);
        Assert.Contains("-> web (aws_security_group.web): tcp/443", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_instance_without_an_address_yet_is_never_equal()
    {
        var instance = """
            {"address":"aws_instance.new","mode":"managed","type":"aws_instance","name":"new","change":{"actions":["create"],"before":null,"after":{"vpc_security_group_ids":["sg-0000000a"],"subnet_id":"subnet-0000000a"},"after_unknown":{"id":true,"private_ip":true}}},
            {"address":"aws_network_interface.old","mode":"managed","type":"aws_network_interface","name":"old","change":{"actions":["no-op"],"before":NIC,"after":NIC,"after_unknown":{}}}
            """.Replace("NIC", """{"id":"eni-0000000a","security_groups":["sg-0000000a"],"subnet_id":"subnet-0000000a","private_ips":["10.0.0.9"]}""", StringComparison.Ordinal);
        var plan = Plan("plan.json", Https, Https, instance);
        var run = await Run.Sallyport(["diff", $"{plan}#before", $"{plan}#after"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.Contains("not certain", run.Out, StringComparison.Ordinal);
        Assert.Contains("aws_instance.new", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_really_called_so_is_read_as_it_is()
    {
        var plan = Plan("plan.json#before", Https, $"{Https},{Ssh}");
        var run = await Run.Sallyport(["reach", plan, "--from", "192.0.2.1", "--to", "sg-0000000a", "--service", "tcp/22"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith("allowed", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_side_of_a_state_is_a_mistake()
    {
        var run = await Run.Sallyport(["audit", Path.Combine(Samples(), "shop", "created.json#after")], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("SPD2251", run.Error, StringComparison.Ordinal);
    }

    private static string Samples([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path))!, "Sallyport.Tests", "Terraform", "Plans", "Samples");

    private string Plan(string name, string before, string after, string? more = null)
    {
        var (old, @new) = (Group.Replace("BLOCKS", before, StringComparison.Ordinal), Group.Replace("BLOCKS", after, StringComparison.Ordinal));
        var change = $$$"""{"address":"aws_security_group.web","mode":"managed","type":"aws_security_group","name":"web","change":{"actions":["update"],"before":{{{old}}},"after":{{{@new}}},"after_unknown":{}} }""";
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $$"""{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[{{change}}{{(more is null ? string.Empty : "," + more)}}]}""");
        return path;
    }
}
