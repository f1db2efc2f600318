using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Reachability;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Auditing;

public sealed class OverlapRuleTests
{
    [Theory]
    [InlineData("tcp/443 10.0.0.0/16", "tcp/443 10.0.1.0/24", "tcp/443 10.0.1.0/24")]
    [InlineData("tcp/443 10.0.0.0/16", "tcp/444 10.0.1.0/24", "")]
    [InlineData("any 0.0.0.0/0", "udp/53 8.8.8.8/32", "udp/53 8.8.8.8/32")]
    [InlineData("any 0.0.0.0/0", "udp/53 2600::/16", "")] // families are apart
    [InlineData("any ::/0", "icmpv6/128/-1 2600::/16", "icmpv6/128/-1 2600::/16")]
    [InlineData("icmp/8/-1 10.0.0.0/8", "icmp/8/0 10.0.0.0/8", "icmp/8/0 10.0.0.0/8")]
    [InlineData("icmp/8/0 10.0.0.0/8", "icmp/8/-1 10.0.0.0/8", "icmp/8/0 10.0.0.0/8")]
    [InlineData("any other", "tcp/1 other", "tcp/1 other")]
    [InlineData("any 10.0.0.0/8", "tcp/1 other", "")] // a block never stands for a group
    [InlineData("any pl-unread", "tcp/1 pl-unread", "tcp/1 pl-unread")]
    [InlineData("any 0.0.0.0/0", "tcp/1 pl-unread", "")]
    [InlineData("any 10.0.0.0/8", "tcp/1 pl-x", "tcp/1 pl-x")] // pl-x = 10.1/16, 10.9/16
    [InlineData("any pl-x", "tcp/1 10.9.1.0/24", "tcp/1 10.9.1.0/24")]
    [InlineData("any 10.1.0.0/16", "tcp/1 pl-x", "")] // only half of it
    [InlineData("tcp/1 10.3.0.0/16", "tcp/1 pl-y", "tcp/1 pl-y")] // the same: the first stays
    [InlineData("tcp/1 pl-y", "tcp/1 pl-z", "tcp/1 pl-z")]
    public void One_rule_makes_another_needless(string first, string second, string shadowed)
    {
        var expected = shadowed.Length == 0 ? [] : new[] { Key(shadowed) };
        Assert.Equal(expected, Audit.Findings("SP-OVL-01", Estate(first, second)).Select(f => Assert.Single(f.Evidence).Key.ToString()));
        Assert.Empty(Audit.Findings("SP-OVL-02", Estate(first, second)));
    }

    [Fact]
    public void The_two_directions_of_a_group_do_not_shadow_each_other() =>
        Audit.Quiet("SP-OVL-01", "group web\n  ingress any from 0.0.0.0/0\n  egress tcp/1 to 10.0.0.0/8");

    [Theory]
    [InlineData("tcp/443 10.0.0.0/24", "tcp/443 10.0.0.0/25; tcp/440-450 10.0.0.128/25", true)]
    [InlineData("tcp/443 10.0.0.0/24", "tcp/443 10.0.0.0/25; tcp/440-442 10.0.0.128/25", false)]
    [InlineData("tcp/443 10.0.0.0/24", "tcp/443 10.0.0.0/25; tcp/443 10.0.0.128/26; any 10.0.0.192/26", true)]
    [InlineData("tcp/443 10.0.0.0/24", "tcp/443 10.0.0.0/25; tcp/443 10.0.0.128/26; any 10.0.0.192/27", false)]
    [InlineData("tcp/10-20 10.0.0.0/24", "tcp/1-15 10.0.0.0/8; tcp/16-30 10.0.0.0/16", true)]
    [InlineData("tcp/10-20 10.0.0.0/24", "tcp/1-14 10.0.0.0/8; tcp/16-30 10.0.0.0/16", false)]
    [InlineData("tcp/10-20 10.0.0.0/24", "tcp/1-15 10.0.0.0/8; tcp/16-30 10.0.0.0/25; tcp/16-20 10.0.0.128/25", true)]
    [InlineData("tcp/10-20 other", "tcp/10-15 other; tcp/16-20 other", true)]
    [InlineData("tcp/10-20 other", "tcp/10-15 other; tcp/16-20 10.0.0.0/8", false)]
    [InlineData("tcp/1 pl-x", "tcp/1 10.1.0.0/16; tcp/1 10.8.0.0/15", true)]
    [InlineData("tcp/1 pl-x", "tcp/1 10.1.0.0/16; tcp/1 10.10.0.0/16", false)]
    [InlineData("tcp/1 10.0.0.0/8", "tcp/1 pl-x; tcp/1 10.128.0.0/9", false)]
    public void Several_rules_make_another_needless(string rule, string others, bool fires)
    {
        var estate = Estate([rule, .. others.Split("; ")]);
        Assert.Equal(fires, Audit.Findings("SP-OVL-02", estate).Any(f => f.Evidence[0].Key.ToString() == Key(rule)));
        Assert.DoesNotContain(Audit.Findings("SP-OVL-01", estate), f => f.Evidence[0].Key.ToString() == Key(rule));
    }

    /// <summary>Held against the symbolic sets: subset of one other, or subset of the union of all others.</summary>
    [Fact]
    public void Agrees_with_the_set_algebra() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var report = Audit.Of(estate);
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                var rules = group.RulesOf(direction).Select(r => r.Key).ToList();
                var traffic = rules.Select(r => AllowedTraffic.Of([r], estate.Index.EntriesOf)).ToList();
                for (var i = 0; i < rules.Count; i++)
                {
                    var covers = Enumerable.Range(0, rules.Count).Where(j => j != i && traffic[i].IsSubsetOf(traffic[j])).ToList();
                    var isShadowed = covers.Exists(j => j < i || !traffic[j].IsSubsetOf(traffic[i]));
                    var isJoint = covers.Count == 0 && traffic[i].IsSubsetOf(AllowedTraffic.Of(rules.Where((_, j) => j != i), estate.Index.EntriesOf));
                    Assert.Equal(isShadowed, Has("SP-OVL-01", rules[i]));
                    Assert.Equal(isJoint, Has("SP-OVL-02", rules[i]));
                }

                bool Has(string rule, RuleKey key) => report.Findings.Any(f => f.Rule == rule && f.Resource.Id == group.Id.Value && f.Evidence[0].Key == key);
            }
        }
    }).QuickCheckThrowOnFailure();

    private static string Key(string rule) => $"ingress {rule.Replace(" ", " from ", StringComparison.Ordinal).Replace("from other", "from sg-other", StringComparison.Ordinal)}";

    private static string Estate(params string[] rules) =>
        "list pl-x 10.1.0.0/16 10.9.0.0/16\nlist pl-y 10.3.0.0/17 10.3.128.0/17\nlist pl-z 10.3.0.0/16\nlist pl-unread unread\ngroup other\ngroup web\n  "
        + string.Join("\n  ", rules.Select(r => $"ingress {r.Replace(" ", " from ", StringComparison.Ordinal)}"));
}
