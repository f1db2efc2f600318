using Sallyport.Auditing;

namespace Sallyport.Tests.Fixing;

/// <summary>Makers asked one by one, as for findings of rules that other estates and other days bring.</summary>
public sealed class RemedyTests
{
    [Fact]
    public void Mergeable_rules_become_one_that_allows_the_same()
    {
        var proposal = Fix.Proposed("SP-OVL-03", "group web\n  ingress tcp/80 from 10.0.0.0/25 \"web\"\n  ingress tcp/80 from 10.0.0.128/25", "web", evidence: ["ingress tcp/80 from 10.0.0.0/25", "ingress tcp/80 from 10.0.0.128/25"]);
        var change = Assert.Single(proposal.Changes);
        Assert.Equal("ingress tcp/80 from 10.0.0.0/24", Assert.Single(change.Add).Key.ToString());
        Assert.Equal((2, "web"), (change.Remove.Length, change.Add[0].Reason));
    }

    [Fact]
    public void Rules_that_no_smaller_set_says_are_asked_about() => Assert.True(Fix.Proposed(
        "SP-OVL-03", "group web\n  ingress tcp/80 from 10.0.0.0/25\n  ingress tcp/82 from 10.0.0.0/25", "web", evidence: ["ingress tcp/80 from 10.0.0.0/25", "ingress tcp/82 from 10.0.0.0/25"]).IsQuestion);

    [Fact]
    public void A_rule_that_every_interface_has_from_another_group_too_goes()
    {
        const string Estate = "group web\n  ingress tcp/80 from 10.0.0.0/25\ngroup common\n  ingress tcp/80 from 10.0.0.0/24\ninterface eni-1 web,common 10.1.0.5\n";
        var proposal = Fix.Proposed("SP-OVL-04", Estate, "web", evidence: ["ingress tcp/80 from 10.0.0.0/25"]);
        Assert.False(proposal.IsQuestion);
        Assert.Equal("ingress tcp/80 from 10.0.0.0/25", Assert.Single(Assert.Single(proposal.Changes).Remove).ToString());
        Assert.Empty(Fix.Proposed("SP-OVL-04", Estate + "interface eni-2 web 10.1.0.6", "web", evidence: ["ingress tcp/80 from 10.0.0.0/25"]).Changes);
        Assert.True(Fix.Proposed("SP-OVL-04", Estate + "gap NetworkInterfaces", "web", evidence: ["ingress tcp/80 from 10.0.0.0/25"]).IsQuestion);
    }

    [Fact]
    public void A_stale_reference_goes() => Assert.Single(Fix.Proposed("SP-REF-01", "group web\n  ingress tcp/80 from gone", "web", evidence: ["ingress tcp/80 from sg-gone"]).Changes);

    [Theory]
    [InlineData(FindingBasis.Symbolic, false)]
    [InlineData(FindingBasis.Invariant, false)]
    [InlineData(FindingBasis.Snapshot, true)]
    public void What_can_never_match_goes_and_what_only_looks_so_today_is_asked(FindingBasis basis, bool isAsked) =>
        Assert.Equal(isAsked, Fix.Proposed("SP-VAL-04", "group web\n  egress tcp/80 to 127.0.0.1/32", "web", basis, "egress tcp/80 to 127.0.0.1/32").IsQuestion);

    [Theory]
    [InlineData("::ffff:0:0/96", false)]
    [InlineData("64:ff9b::/96", true)]
    public void Mapped_addresses_go_and_NAT64_is_asked(string block, bool isAsked) =>
        Assert.Equal(isAsked, Fix.Proposed("SP-VAL-05", $"group web\n  egress tcp/80 to {block}", "web", evidence: [$"egress tcp/80 to {block}"]).IsQuestion);

    [Theory]
    [InlineData("SP-SPR-05")]
    [InlineData("SP-LRN-01")]
    [InlineData("SP-PAIR-06")]
    public void What_may_carry_traffic_is_asked_with_the_change_at_hand(string code)
    {
        var proposal = Fix.Proposed(code, "group web\n  ingress tcp/80 from 10.0.0.0/25", "web", evidence: ["ingress tcp/80 from 10.0.0.0/25"]);
        Assert.True(proposal.IsQuestion);
        Assert.Single(proposal.Changes);
    }

    [Theory]
    [InlineData("SP-NAM-04")]
    [InlineData("SP-NACL-01")]
    [InlineData("MY-OWN-RULE")]
    public void What_only_people_decide_has_a_reason_and_an_option_and_no_change(string code)
    {
        var proposal = Fix.Proposed(code, "group web\n  ingress tcp/80 from 10.0.0.0/25", "web", evidence: ["ingress tcp/80 from 10.0.0.0/25"]);
        Assert.True(proposal.IsQuestion);
        Assert.Empty(proposal.Changes);
        Assert.NotEmpty(proposal.Options);
        Assert.StartsWith("Something is wrong. No machine can decide what to do: ", proposal.Text, StringComparison.Ordinal);
    }
}
