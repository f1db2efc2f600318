using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.CloudFormation;

/// <summary>What the CDK makes of a small application: load balancer, scaling group, Fargate, database, function, endpoints, two stacks.</summary>
public sealed class CdkTests(CdkAssembly assembly) : IClassFixture<CdkAssembly>
{
    private CdkAssembly Read()
    {
        Assert.SkipUnless(assembly.Estate is not null, "tests/consumers/cloudformation is not installed: run npm ci there.");
        return assembly;
    }

    [Fact]
    public void The_whole_folder_is_read_without_a_warning()
    {
        var read = Read();
        Assert.DoesNotContain(read.Said, d => d.Severity != Severity.Note);
        Assert.Contains(read.Said, d => d.Code == "SPD2283" && d.At?.File == "manifest.json");
        Assert.DoesNotContain(read.Estate!.Gaps, g => g.What == GapKind.Rules);
        Assert.Equal(7, read.Estate.SecurityGroups.Count(g => !g.IsDefault));
    }

    [Fact]
    public void Outbound_as_it_was_asked_for()
    {
        var read = Read();
        Assert.Equal(["ingress tcp/80 0.0.0.0/0", "egress tcp/8080 WebGroup"], read.RulesOf("#BalancerGroup"));
        Assert.Equal(["ingress tcp/8080 BalancerGroup", "egress any 0.0.0.0/0"], read.RulesOf("#WebGroup"));
        Assert.Equal(["ingress tcp/9000 WebGroup", "egress tcp/443 VpcSecretsSecurityGroup", "egress tcp/5432 DatabaseSecurityGroup"], read.RulesOf("#TaskGroup"));
        Assert.Equal(["ingress tcp/5432 TaskGroup", "ingress tcp/5432 WebGroup", "egress any 0.0.0.0/0"], read.RulesOf("#DatabaseSecurityGroup"));
        Assert.Equal(["egress icmp/252/86 255.255.255.255/32"], read.RulesOf("#ClosedGroup"));
    }

    [Fact]
    public void No_egress_as_the_CDK_writes_it_is_no_finding()
    {
        var report = Audit.Of(Read().Estate!);
        Assert.DoesNotContain(report.Findings, f => f.Rule.StartsWith("SP-EGR-", StringComparison.Ordinal) && f.Resource.Id.Contains("#ClosedGroup", StringComparison.Ordinal));
        Assert.Contains(report.Findings, f => f.Rule == "SP-EGR-02" && f.Resource.Id.Contains("#WebGroup", StringComparison.Ordinal) && f.Location?.File == "Shop.template.json" && f.Location.Line > 1);
    }

    [Fact]
    public void A_group_of_another_stack_is_known_by_its_export()
    {
        var rules = Read().RulesOf("#ReportGroup").ToList();
        Assert.Equal("ingress icmp 10.0.0.0/8", rules[0]);
        Assert.Equal("ingress tcp/8000-8080 ::/0", rules[1]);
        Assert.StartsWith("egress tcp/5432 ImportValue:Shop:ExportsOutputFnGetAttDatabaseSecurityGroup", rules[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_carries_groups_is_seen()
    {
        var seen = Read().Estate!.NetworkInterfaces.Select(n => (n.InterfaceType, n.RequesterId, Group: n.Groups.Single().Value.Split('#')[1][..^8])).ToList();
        Assert.Contains(("interface", "amazon-elb", "BalancerGroup"), seen);
        Assert.Contains(("interface", "amazon-rds", "DatabaseSecurityGroup"), seen);
        Assert.Contains(("interface", null, "TaskGroup"), seen);
        Assert.Contains(("interface", null, "WebGroup"), seen);
        Assert.Contains(("lambda", null, "ClosedGroup"), seen);
        Assert.Contains(("vpc_endpoint", null, "VpcSecretsSecurityGroup"), seen);
    }

    [Fact]
    public void The_network_is_there()
    {
        var estate = Read().Estate!;
        Assert.Equal("10.20.0.0/16", Assert.Single(estate.Vpcs).Cidrs.Single().ToString());
        Assert.Equal(4, estate.Subnets.Length);
        Assert.Equal(4, estate.RouteTables.Length);
        Assert.Equal(2, estate.RouteTables.Count(t => t.Routes.Any(r => r.Target.StartsWith("igw-", StringComparison.Ordinal))));
        Assert.Equal(2, estate.RouteTables.Count(t => t.Routes.Any(r => r.Target.StartsWith("nat-", StringComparison.Ordinal))));
        Assert.Equal(["Gateway", "Interface"], estate.VpcEndpoints.Select(e => e.Kind).Order(StringComparer.Ordinal));
    }
}
