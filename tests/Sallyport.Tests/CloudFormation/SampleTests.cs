using Sallyport.Tests.Auditing;
using Sallyport.Tests.Templates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>Whole templates: read, audited, and held against readers that are not ours.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Names => Sample.All;

    [Theory]
    [InlineData("egress/fixed.yaml")]
    [InlineData("egress/fixed.json")]
    public void Egress_to_trusted_destinations_passes(string name)
    {
        var report = Audit.Of(Sample.Read(name).Estate);
        Assert.DoesNotContain(report.Findings, f => f.Rule.StartsWith("SP-EGR-", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Unknown, u => u.Rule == "SP-EGR-01");
    }

    [Theory]
    [InlineData("egress/open.yaml", 16)]
    [InlineData("egress/open.json", 20)]
    public void Egress_to_anywhere_is_a_finding_at_the_line_of_the_rule(string name, int line)
    {
        var finding = Assert.Single(Audit.Of(Sample.Read(name).Estate).Findings, f => f.Rule == "SP-EGR-01");
        Assert.Equal((name, line), (finding.Location?.File, finding.Location?.Line));
        Assert.Equal("CustomSecurityGroup", finding.Resource.Id);
        Assert.Contains("EC2-033", finding.Aliases);
    }

    [Fact]
    public void Egress_that_nobody_decided_about_is_three_findings_at_the_line_of_the_group()
    {
        var findings = Audit.Of(Sample.Read("egress/absent.yaml").Estate).Findings.Where(f => f.Rule is "SP-EGR-01" or "SP-EGR-02" or "SP-EGR-03").ToList();
        Assert.Equal(3, findings.Count);
        Assert.All(findings, f => Assert.Equal(4, f.Location?.Line));
        Assert.Contains(findings, f => f.Rule == "SP-EGR-03" && f.Message.StartsWith("The code says nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_egress_that_the_template_writes_was_decided()
    {
        var read = TemplateRead.Of("Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: web\n      SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: 0.0.0.0/0}]\n");
        string[] found = [.. Audit.Of(read.Estate).Findings.Select(f => f.Rule).Where(r => r is "SP-EGR-02" or "SP-EGR-03")];
        Assert.Equal(["SP-EGR-02"], found);
    }

    [Fact]
    public void A_shop_as_people_write_it_is_read_whole()
    {
        var read = Sample.Read("shop.yaml");
        Assert.Equal(["SPD2278", "SPD2277"], read.Codes);
        Assert.Empty(read.Rules);
        Assert.Equal(["ingress tcp/443 0.0.0.0/0", "ingress tcp/8443 203.0.113.0/24", "egress any 127.0.0.1/32", "egress tcp/80 WebGroup"], read.RulesOf("BalancerGroup"));
        Assert.Equal(["ingress tcp/80 BalancerGroup", "egress tcp/3306 DatabaseGroup"], read.RulesOf("WebGroup"));
        Assert.Equal(["ingress tcp/3306 WebGroup", "egress any 0.0.0.0/0"], read.RulesOf("DatabaseGroup"));
        Assert.Equal(["Balancer", "Web"], read.Estate.NetworkInterfaces.Select(n => n.Id.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Another_reader_of_templates_objects_to_none(string name)
    {
        Assert.SkipUnless(ChildProcess.OnPath("cfn-lint"), "cfn-lint is not here.");

        // W3010 and W1020 and the like are matters of taste.
        var (exit, text) = await ChildProcess.RunAsync("cfn-lint", ["--ignore-checks", "W", "I", "--", Sample.Path(name)]);
        Assert.True(exit == 0, text);
    }
}
