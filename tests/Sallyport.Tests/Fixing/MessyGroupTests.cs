using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Packets;
using Sallyport.Reachability;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Fixing;

/// <summary>Groups with thousands of rules, of which half are needless.</summary>
public sealed class MessyGroupTests
{
    [Fact]
    public void A_rule_is_held_by_the_few_that_share_with_it_exactly_when_all_together_hold_it() =>
        Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
        {
            var context = new FixContext(estate, null, new FixOptions(), limit: 60);
            foreach (var side in estate.SecurityGroups.SelectMany(g => new[] { g.RulesOf(Direction.Ingress), g.RulesOf(Direction.Egress) }))
            {
                foreach (var rule in side.Select(r => r.Key))
                {
                    var rest = side.Select(r => r.Key).Where(k => k != rule).ToList();
                    Assert.Equal(context.TrafficOf([rule]).IsSubsetOf(context.TrafficOf(rest)), context.IsHeldBy(rule, rest));
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_thousand_rules_are_tidied_and_allow_the_same()
    {
        // Each block of a thousand is there twice: as a port, and within a range.
        var rules = Enumerable.Range(0, 1_000).SelectMany(n => new[] { Rule(n, Service.Tcp(1_000 + n)), Rule(n, Service.Tcp(900 + n, 1_100 + n)) });
        var group = new SecurityGroup(new("sg-0000000000000000a"), new Scope("111122223333", "eu-west-1")) { Name = "messy", Vpc = new("vpc-1"), Rules = [.. rules] };
        var estate = new EstateBuilder().Add(group).Build();
        var options = new FixOptions { Audit = AuditOptions.Default with { Rules = ["SP-OVL-01"] } };
        var report = Fixer.Fix(estate, options, TestContext.Current.CancellationToken).Value!;
        var after = Assert.Single(report.After.SecurityGroups);
        Assert.Equal(1_000, after.Rules.Length);
        Assert.Equal(AllowedTraffic.Of(group.Rules.Select(r => r.Key)), AllowedTraffic.Of(after.Rules.Select(r => r.Key)));

        static SecurityGroupRule Rule(int n, Service service) => new(Direction.Ingress, service, new CidrPeer(Cidr.Parse($"10.{n / 250}.{n % 250}.0/24")));
    }
}
