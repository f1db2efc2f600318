using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sallyport.Cli.Tests;

/// <summary>The samples of Terraform code, audited as a user would.</summary>
public sealed class TerraformSamplesTests
{
    [Theory]
    [InlineData("https-only/open", "SP-EGR-01 aws_security_group.partners main.tf:29")]
    [InlineData("https-only/fixed", "")]
    [InlineData("shop/fixed", "")]
    [InlineData(
        "shop/open",
        """
        SP-EGR-01 aws_security_group.shop["alb"] rules.tf:20
        SP-EGR-01 aws_security_group.shop["db"] rules.tf:20
        SP-EGR-01 aws_security_group.shop["s3"] rules.tf:20
        SP-EGR-01 aws_security_group.shop["web"] rules.tf:20
        """)]
    [InlineData("platform", "SP-EGR-01 envs/test#module.orders.aws_security_group.this modules/service/main.tf:43")]
    [InlineData("platform/envs/prod", "")]
    public async Task Open_egress_is_found_at_its_line_and_closed_egress_passes(string sample, string expected)
    {
        var folder = Path.Combine(Samples(), sample);
        var run = await Run.Sallyport(["audit", folder, "-o", "json", "--rule", "SP-EGR-01"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(expected.Length == 0 ? ExitCode.Done : ExitCode.Different, run.Code);
        using var report = JsonDocument.Parse(run.Out);
        var findings = report.RootElement.GetProperty("findings").EnumerateArray().Select(f =>
            $"{f.GetProperty("rule").GetString()} {f.GetProperty("resource").GetProperty("id").GetString()} "
            + $"{Path.GetRelativePath(folder, f.GetProperty("location").GetProperty("file").GetString()!).Replace('\\', '/')}:{f.GetProperty("location").GetProperty("line").GetInt32()}");
        Assert.Equal(expected, string.Join('\n', findings));

        // What AWS's own lists hold stands in no code.
        Assert.DoesNotContain(report.RootElement.GetProperty("unknown").EnumerateArray(), u => !u.GetProperty("gap").GetString()!.Contains("aws_vpc_endpoint.s3.prefix_list_id", StringComparison.Ordinal));
        Assert.DoesNotContain(report.RootElement.GetProperty("gaps").EnumerateArray(), g => g.GetProperty("what").GetString() is "rules" or "securityGroups");
    }

    [Fact]
    public async Task Groups_of_code_are_named_by_address_by_name_and_by_what_stands_behind_the_path()
    {
        var folder = Path.Combine(Samples(), "platform");
        foreach (var from in (string[])["envs/prod#module.web.aws_security_group.this", "envs/prod#module.web.aws_ecs_service.this"])
        {
            var run = await Run.Sallyport(["reach", folder, "--from", from, "--to", "envs/prod#module.orders.aws_security_group.this", "--service", "tcp/8080", "-o", "json"], cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Done, run.Code);
        }

        var ambiguous = await Run.Sallyport(["reach", folder, "--from", "module.web.aws_security_group.this", "--to", "internet"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.BadInput, ambiguous.Code);
        Assert.Contains("envs/test#module.web.aws_security_group.this", ambiguous.Error, StringComparison.Ordinal);

        var alone = await Run.Sallyport(["reach", Path.Combine(folder, "envs/prod"), "--from", "module.web.aws_security_group.this", "--to", "orders", "--service", "tcp/8080"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, alone.Code);
        Assert.Contains("allowed", alone.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_difference_in_code_alone_is_a_difference()
    {
        var run = await Run.Sallyport(["diff", Path.Combine(Samples(), "https-only/fixed"), Path.Combine(Samples(), "https-only/open"), "-o", "json"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Different, run.Code);
        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal("widens", report.RootElement.GetProperty("relation").GetString());

        var shop = await Run.Sallyport(["diff", Path.Combine(Samples(), "shop/fixed"), Path.Combine(Samples(), "shop/open"), "-o", "json"], cancellationToken: TestContext.Current.CancellationToken);
        using var wider = JsonDocument.Parse(shop.Out);
        Assert.Equal("incomparable", wider.RootElement.GetProperty("relation").GetString());
    }

    private static string Samples([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "Sallyport.Tests", "Terraform", "Samples"));
}
