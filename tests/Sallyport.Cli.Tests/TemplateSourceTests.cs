using System.Text.Json;

namespace Sallyport.Cli.Tests;

/// <summary>CloudFormation templates as sources of commands: files, folders, standard input, and values for their parameters.</summary>
public sealed class TemplateSourceTests : IDisposable
{
    private const string Web = """
        AWSTemplateFormatVersion: '2010-09-09'
        Parameters:
          Office: {Type: String}
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web
              SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Office}]
              SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-template-");

    [Fact]
    public async Task A_parameter_decides_what_is_found()
    {
        var file = Put("web.yaml", Web);
        Assert.Equal("found SP-ING-06 9", await FindingsAsync([file, "--parameter", "Office=0.0.0.0/0"]));
        Assert.Empty(await FindingsAsync([file, "--parameter", "Office=198.51.100.7/32"]));
        Assert.Equal("unknown SP-ING-06 Web", await FindingsAsync([file]));
    }

    [Theory]
    [InlineData("office=10.0.0.0/8", "did you mean Office?")]
    [InlineData("Secret=hunter2", "there is Office.")]
    [InlineData("AWS::StackName=x", "there is Office.")]
    public async Task A_parameter_that_no_template_has_is_said_without_its_value(string given, string there)
    {
        var run = await Run.Sallyport(["audit", Put("web.yaml", Web), "--parameter", given]);
        Assert.Contains($"warning SPD2290: The parameter {given.Split('=')[0]} has no effect: no template that was read has it; {there}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_of_any_source_has_an_effect()
    {
        var (one, two) = (Put("one.yaml", Web), Put("two.yaml", Web.Replace("Office", "Home", StringComparison.Ordinal)));
        foreach (var command in (string[][])[["audit", one, two], ["diff", one, two], ["diff", two, one], ["drift", one, two]])
        {
            Assert.DoesNotContain("SPD2290", (await Run.Sallyport([.. command, "--parameter", "Office=10.0.0.0/8", "--parameter", "AWS::Region=eu-west-1"])).Error, StringComparison.Ordinal);
        }

        Assert.Contains("SPD2290: The parameter Else has no effect: no template that was read has it; there are Home, Office.", (await Run.Sallyport(["diff", one, two, "--parameter", "Else=1"])).Error, StringComparison.Ordinal);
        Assert.Contains("no template that was read has parameters", (await Run.Sallyport(["audit", Put("bare.yaml", "Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: web}\n"), "--parameter", "Else=1"])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Office")]
    [InlineData("=x")]
    public async Task What_is_no_pair_is_refused_without_repeating_it(string given)
    {
        var run = await Run.Sallyport(["audit", Put("web.yaml", Web), "--parameter", given]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("--parameter takes KEY=VALUE.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_parameter_given_twice_is_refused()
    {
        var run = await Run.Sallyport(["audit", Put("web.yaml", Web), "--parameter", "Office=10.0.0.0/8", "--parameter", "Office=hunter2"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("--parameter gives Office twice.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_read_as_a_template()
    {
        var run = await Run.Sallyport(["audit", "-", "-o", "json", "--parameter", "Office=0.0.0.0/0", "--rule", "SP-ING-06"], input: Web);
        Assert.Contains("SP-ING-06", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_of_a_folder_never_merge_by_name()
    {
        Put("a/net.yaml", Web);
        Put("b/net.yaml", Web.Replace("22", "23", StringComparison.Ordinal));
        Assert.Equal(["a/net.yaml#Web", "b/net.yaml#Web"], await GroupsAsync(_folder.FullName));
        Assert.Equal(["Web"], await GroupsAsync(Path.Combine(_folder.FullName, "a")));
    }

    [Fact]
    public async Task A_nested_template_is_read_from_its_root_alone()
    {
        Put("parts/web.yaml", Web);
        Put("root.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Part: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: parts/web.yaml, Parameters: {Office: 10.0.0.0/8}}}\n  Top: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: top}}");
        Assert.Equal(["root.yaml#Part.Web", "root.yaml#Top"], await GroupsAsync(_folder.FullName));
        Assert.Equal(["Part.Web", "Top"], await GroupsAsync(Path.Combine(_folder.FullName, "root.yaml")));
    }

    [Theory]
    [InlineData("../outside.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("link.yaml")]
    [InlineData("linked/outside.yaml")]
    public async Task Nothing_outside_what_was_named_is_opened(string path)
    {
        var outside = Put("outside.yaml", Web);
        var folder = Path.Combine(_folder.FullName, "code");
        Put("code/root.yaml", $"AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Part: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: {path}}}}}\n  Top: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{GroupDescription: top}}}}");
        File.CreateSymbolicLink(Path.Combine(folder, "link.yaml"), outside);
        Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), _folder.FullName);
        var run = await Run.Sallyport(["snapshot", Path.Combine(folder, "root.yaml")]);
        Assert.Contains("SPD2275", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Part.Web", run.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Put(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<string> FindingsAsync(string[] source)
    {
        var run = await Run.Sallyport(["audit", .. source, "-o", "json", "--rule", "SP-ING-06"]);
        using var json = JsonDocument.Parse(run.Out);
        var found = json.RootElement.GetProperty("findings").EnumerateArray().Select(f => $"found {f.GetProperty("rule").GetString()} {f.GetProperty("location").GetProperty("line").GetInt32()}");
        var unknown = json.RootElement.GetProperty("unknown").EnumerateArray().Select(u => $"unknown {u.GetProperty("rule").GetString()} {u.GetProperty("resource").GetProperty("id").GetString()}");
        return string.Join(", ", found.Concat(unknown));
    }

    private static async Task<string[]> GroupsAsync(string source)
    {
        var run = await Run.Sallyport(["snapshot", source]);
        using var json = JsonDocument.Parse(run.Out);
        return [.. json.RootElement.GetProperty("securityGroups").EnumerateArray().Select(g => g.GetProperty("id").GetString()!)];
    }
}
