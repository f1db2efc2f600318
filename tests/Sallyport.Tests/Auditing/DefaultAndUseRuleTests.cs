using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Tests.Auditing;

public sealed class DefaultAndUseRuleTests
{
    [Theory]
    [InlineData("interface eni-1 default 10.1.0.5", FindingSeverity.High)]
    [InlineData("interface eni-1 web 10.1.0.5", FindingSeverity.Low)]
    [InlineData("gap NetworkInterfaces", FindingSeverity.High)] // unknown is not unused
    [InlineData("gap NetworkInterfaces 111122223333/eu-west-1 AccessDenied.", FindingSeverity.High)]
    [InlineData("gap Scope 111122223333/eu-west-1 AccessDenied.", FindingSeverity.High)]
    [InlineData("gap NetworkInterfaces 999900001111/eu-west-1 AccessDenied.", FindingSeverity.Low)] // somebody else's gap
    public void Rules_of_the_default_group_weigh_less_when_nothing_carries_it(string more, FindingSeverity severity) =>
        Assert.Equal(severity, Audit.Fires("SP-DEF-01", $"group default\n  ingress any from default\n{more}\ngroup web").Severity);

    [Fact]
    public void An_empty_default_group_is_as_it_should_be() => Audit.Quiet("SP-DEF-01", "group default\ngroup web\n  ingress any from web");

    [Fact]
    public void A_malformed_rule_is_a_rule_all_the_same()
    {
        var estate = new EstateBuilder()
            .Add(new SecurityGroup(new SecurityGroupId("sg-d"), EstateText.Home) { Name = "default", Malformed = [new MalformedRule(Direction.Ingress, "no peer", null)] })
            .Build();
        Assert.Contains(Audit.Of(estate).Findings, f => f.Rule == "SP-DEF-01");
    }

    [Fact]
    public void Attachment_of_the_default_group()
    {
        Assert.Contains("eni-1", Audit.Fires("SP-DEF-03", "group default\ninterface eni-1 default,web 10.1.0.5\ngroup web").Message, StringComparison.Ordinal);
        Audit.Quiet("SP-DEF-03", "group default\ngroup web\ninterface eni-1 web 10.1.0.5");
        Assert.Contains("interfaces", Audit.Unknown("SP-DEF-03", "group default\ngap NetworkInterfaces"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_or_instance_carries_a_group_even_when_interfaces_were_not_read()
    {
        var group = new SecurityGroup(new SecurityGroupId("sg-d"), EstateText.Home) { Name = "default" };
        var endpoint = new EstateBuilder().Add(group)
            .Add(new VpcEndpoint("vpce-1", EstateText.Home, new VpcId("vpc-a")) { Groups = [group.Id] }).Build();
        var instance = new EstateBuilder().Add(group).Add(new Instance("i-1", EstateText.Home) { Groups = [group.Id] }).Build();
        Assert.Contains(Audit.Of(endpoint).Findings, f => f.Rule == "SP-DEF-03");
        Assert.Contains(Audit.Of(instance).Findings, f => f.Rule == "SP-DEF-03");
        var used = new EstateBuilder().Add(group with { Name = "web" }).Add(new Instance("i-1", EstateText.Home) { Groups = [group.Id] }).Build();
        Assert.DoesNotContain(Audit.Of(used).Unknown, u => u.Rule == "SP-USE-01");
    }

    [Fact]
    public void Unused_groups()
    {
        Audit.Fires("SP-USE-01", "group old");
        Audit.Fires("SP-USE-01", "group old\n  ingress any from old"); // its own rules do not use it
        Audit.Quiet("SP-USE-01", "group default");
        Audit.Quiet("SP-USE-01", "group web\ninterface eni-1 web 10.1.0.5");
        Audit.Quiet("SP-USE-01", "group a\n  ingress any from b\ngroup b\n  ingress any from a");
        Audit.Quiet("SP-USE-01", "group a\ninterface eni-1 b 10.1.0.5\ngroup b of 444455556666 in vpc-b\n  ingress tcp/1 from a");
        Assert.Contains("interfaces", Audit.Unknown("SP-USE-01", "group old\ngap NetworkInterfaces"), StringComparison.Ordinal);
        Audit.Quiet("SP-USE-01", "group a\n  ingress tcp/1 from b\ngroup b\n  ingress tcp/1 from a\ngap NetworkInterfaces"); // named by another: used, whatever is missing
    }

    [Fact]
    public void How_long_a_group_was_unused_cannot_be_read_from_one_snapshot()
    {
        var options = new AuditOptions { Parameters = ParameterValues.Defaults.With(AuditParameters.UnusedMinutes, 60) };
        Assert.Contains("how long", Audit.Unknown("SP-USE-01", "group old", options), StringComparison.Ordinal);
    }

    [Fact]
    public void Incomplete_inventories_are_reported_and_mere_absence_is_only_listed()
    {
        Assert.Single(Audit.Findings("SP-VAL-02", ""));
        Assert.Single(Audit.Findings("SP-VAL-02", "group web\ngap NetworkInterfaces 111122223333/eu-west-1 AccessDenied."));
        Assert.Equal(new Scope("111122223333", "eu-west-1"), Assert.Single(Audit.Findings("SP-VAL-02", "group web\ngap Scope 111122223333/eu-west-1 AccessDenied.")).Resource.Scope);
        Assert.Equal(new Scope("", ""), Assert.Single(Audit.Findings("SP-VAL-02", "group web\ngap SecurityGroups cfn/a.yaml#N Not read.")).Resource.Scope);
        var report = Audit.Of("group web\ngap NetworkInterfaces\ngap Vpcs");
        Assert.DoesNotContain(report.Findings, f => f.Rule == "SP-VAL-02");
        Assert.Equal([GapKind.NetworkInterfaces, GapKind.Vpcs, GapKind.PublicAccessBlocks, GapKind.Monitoring], report.Gaps.Select(g => g.What));
    }

    [Fact]
    public void A_group_with_malformed_rules_is_named_as_not_wholly_read()
    {
        var estate = new EstateBuilder()
            .Add(new SecurityGroup(new SecurityGroupId("sg-w"), EstateText.Home) { Name = "web", Malformed = [new MalformedRule(Direction.Egress, "no peer", null)] })
            .Build();
        var finding = Assert.Single(Audit.Of(estate).Findings, f => f.Rule == "SP-VAL-02");
        Assert.Equal("sg-w", finding.Resource.Id);
    }
}
