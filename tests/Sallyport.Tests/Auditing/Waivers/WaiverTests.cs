using Sallyport.Auditing;
using Sallyport.Auditing.Waivers;

namespace Sallyport.Tests.Auditing.Waivers;

public sealed class WaiverTests
{
    private const string Estate = """
        group web named "shop web"
          ingress tcp/22 from 0.0.0.0/0
        group db
          ingress tcp/22 from 0.0.0.0/0
        interface eni-1 web,db 10.1.0.5
        """;

    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("sg-web")]
    [InlineData("sg-w*")]
    [InlineData("shop web")]
    [InlineData("shop*")]
    [InlineData("111122223333/eu-west-1/sg-web")]
    [InlineData("111122223333/*/shop?web")]
    [InlineData("arn:aws:ec2:eu-west-1:111122223333:security-group/sg-web")]
    [InlineData("arn:aws:ec2:*:security-group/sg-web")]
    public void A_resource_is_named_by_id_name_arn_or_place(string resource)
    {
        var report = Run(new Waiver("SP-ING-06", resource, "r", "o", Today));
        Assert.Equal(["sg-web"], report.Findings.Where(f => f.Waiver is not null).Select(f => f.Resource.Id));
        Assert.Equal((WaiverState.Used, 1), (report.Waivers[0].State, report.Waivers[0].Findings));
        Assert.Equal(1, report.Summary.Waived);
    }

    [Theory]
    [InlineData("SP-ING-06")]
    [InlineData("sp-ing-06")]
    [InlineData("SP-ING")]
    [InlineData("SP-ING-*")]
    public void A_rule_is_named_by_id_prefix_or_pattern(string rule) => Assert.Equal(WaiverState.Used, Run(new Waiver(rule, "sg-web", "r", "o", Today)).Waivers[0].State);

    [Fact]
    public void A_waived_finding_stays_and_does_not_fail_the_run()
    {
        var open = Run();
        var waived = Run(new Waiver("SP-ING-06", "*", "r", "o", Today));
        Assert.Equal(open.Findings.Select(f => f.Fingerprint), waived.Findings.Select(f => f.Fingerprint));
        Assert.True(open.FailsAt(FindingSeverity.High));
        Assert.False(waived.FailsAt(FindingSeverity.Info));
        Assert.Equal(0, waived.Summary.Open);
    }

    [Fact]
    public void It_holds_on_its_last_day_and_no_longer()
    {
        Assert.NotNull(Run(new Waiver("SP-ING-06", "sg-web", "r", "o", Today)).Findings.Single(f => f.Resource.Id == "sg-web").Waiver);
        var late = Run(new Waiver("SP-ING-06", "sg-web", "r", "o", Today.AddDays(-1)));
        Assert.All(late.Findings, f => Assert.Null(f.Waiver));
        Assert.Equal((WaiverState.Expired, 1), (late.Waivers[0].State, late.Waivers[0].Findings));
        Assert.True(late.FailsAt(FindingSeverity.High));
    }

    [Fact]
    public void What_covers_nothing_is_unused_and_what_was_not_asked_is_not_called_so()
    {
        var report = Run(new Waiver("SP-ING-06", "sg-other", "r", "o", Today), new Waiver("SP-EGR-01", "sg-web", "r", "o", Today));
        Assert.Equal([WaiverState.Unused, WaiverState.NotChecked], report.Waivers.Select(w => w.State));
    }

    [Fact]
    public void A_fingerprint_narrows_to_one_finding()
    {
        var one = Run().Findings[0];
        var other = Run().Findings[1];
        var report = Run(new Waiver("SP-ING-06", "*", "r", "o", Today) { Fingerprint = one.Fingerprint.ToUpperInvariant() });
        Assert.NotNull(report.Findings.Single(f => f.Fingerprint == one.Fingerprint).Waiver);
        Assert.Null(report.Findings.Single(f => f.Fingerprint == other.Fingerprint).Waiver);
    }

    [Fact]
    public void Of_several_the_one_that_holds_longest_covers()
    {
        var report = Run(
            new Waiver("SP-ING-06", "sg-web", "ended", "o", Today.AddDays(-9)),
            new Waiver("SP-ING-06", "sg-web", "short", "o", Today.AddDays(1)),
            new Waiver("SP-ING-06", "sg-*", "long", "o", Today.AddDays(9)),
            new Waiver("SP-ING-06", "shop web", "same", "o", Today.AddDays(9)));
        Assert.Equal("long", report.Findings.Single(f => f.Resource.Id == "sg-web").Waiver!.Reason);
        Assert.Equal([WaiverState.Expired, WaiverState.Used, WaiverState.Used, WaiverState.Used], report.Waivers.Select(w => w.State));
    }

    [Fact]
    public void A_name_that_looks_like_a_pattern_is_text()
    {
        const string Odd = "group web named \"*\"\n  ingress tcp/22 from 0.0.0.0/0\n";
        var options = AuditOptions.Default with { Rules = ["SP-ING-06"], Today = Today, Waivers = [new Waiver("SP-ING-06", "prod-db", "r", "o", Today)] };
        Assert.All(Audit.Of(Odd, options).Findings, f => Assert.Null(f.Waiver));
    }

    [Fact]
    public void Types_of_resources_have_their_arn()
    {
        Assert.Contains("arn:aws-cn:ec2:cn-north-1:1:vpc-peering-connection/pcx-1", ResourceNames.Of(new FindingResource("AWS::EC2::VPCPeeringConnection", "pcx-1", "", new("1", "cn-north-1"), null)));
        Assert.Contains("arn:aws:ec2:eu-west-1:1:vpc/vpc-1", ResourceNames.Of(new FindingResource("AWS::EC2::VPC", "vpc-1", "", new("1", "eu-west-1"), null)));
        Assert.Contains("arn:aws:ec2:eu-west-1:1:network-acl/acl-1", ResourceNames.Of(new FindingResource("AWS::EC2::NetworkAcl", "acl-1", "", new("1", "eu-west-1"), null)));
        Assert.DoesNotContain(ResourceNames.Of(new FindingResource(FindingResource.AccountType, "1", "", new("1", "eu-west-1"), null)), n => n.StartsWith("arn:", StringComparison.Ordinal));
    }

    private static AuditReport Run(params Waiver[] waivers) =>
        Audit.Of(Estate, AuditOptions.Default with { Rules = ["SP-ING-06"], Today = Today, Waivers = [.. waivers] });
}
