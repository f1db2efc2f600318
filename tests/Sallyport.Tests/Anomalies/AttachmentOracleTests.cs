using FsCheck;
using FsCheck.Fluent;
using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Reachability;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Anomalies;

/// <summary>Kinds that look at the other groups of an interface, held against one interface at a time.</summary>
public sealed class AttachmentOracleTests
{
    [Fact]
    public void Duplicates_and_attachment_redundant_rules_are_those_found_interface_by_interface() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var report = AnomalyFinder.Find(estate, new AnomalyOptions { Kinds = [AnomalyKind.Duplicate, AnomalyKind.AttachmentRedundant] });
        foreach (var group in estate.SecurityGroups)
        {
            var members = estate.NetworkInterfaces.Where(n => n.Groups.Contains(group.Id)).ToList();
            foreach (var rule in group.Rules)
            {
                var own = Traffic(estate, [rule.Key]);
                var twins = members.SelectMany(m => OtherRules(estate, m, group.Id)).Where(o => o.Group < group.Id && o.Key.Direction == rule.Direction && Traffic(estate, [o.Key]).Equals(own));
                Assert.Equal(twins.Distinct().Order().Select(o => o.Key), Others(AnomalyKind.Duplicate, group, rule));
                var isNeedless = members.Count > 0 && members.TrueForAll(m => own.IsSubsetOf(Traffic(estate, OtherRules(estate, m, group.Id).Select(o => o.Key).Where(k => k.Direction == rule.Direction))));
                Assert.Equal(isNeedless, report.Anomalies.Any(a => a.Kind == AnomalyKind.AttachmentRedundant && a.Group == group.Id && a.Rule!.Key == rule.Key));
            }
        }

        IEnumerable<RuleKey> Others(AnomalyKind kind, SecurityGroup group, SecurityGroupRule rule) =>
            report.Anomalies.Where(a => a.Kind == kind && a.Group == group.Id && a.Rule!.Key == rule.Key).SelectMany(a => a.Others).Select(o => o.Rule.Key);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("gap NetworkInterfaces", "interfaces of 111122223333/eu-west-1 were not read")]
    [InlineData("interface eni-1 web,elsewhere 10.1.0.5", "group sg-elsewhere, which shares interfaces with it, is not in the estate")]
    public void Interfaces_and_groups_that_were_not_read_leave_doubts(string more, string gap)
    {
        var report = AnomalyFinder.Find(
            EstateText.Read($"group web\n  ingress tcp/443 from 198.51.100.0/24\n{more}"),
            new AnomalyOptions { Kinds = [AnomalyKind.Duplicate, AnomalyKind.AttachmentRedundant] });
        Assert.Empty(report.Anomalies);
        Assert.Equal([AnomalyKind.Duplicate, AnomalyKind.AttachmentRedundant], report.Doubts.Select(d => d.Kind));
        Assert.All(report.Doubts, d => Assert.Equal(gap, d.Gap));
    }

    [Theory]
    [InlineData("ingress tcp/443 from pl-x", "ingress tcp/1-500 from 0.0.0.0/0", true)]
    [InlineData("ingress tcp/443 from pl-x", "ingress tcp/1-442 from 0.0.0.0/0", false)]
    [InlineData("ingress tcp/443 from 198.51.100.0/24", "ingress tcp/1-500 from pl-x", true)]
    [InlineData("ingress tcp/443 from 198.51.100.0/24", "ingress tcp/444 from pl-x", false)]
    public void A_list_that_was_not_read_leaves_a_doubt_where_it_may_decide(string rule, string other, bool isDoubtful)
    {
        var report = AnomalyFinder.Find(
            EstateText.Read($"list pl-x unread\ngroup base\n  {other}\ngroup web\n  {rule}\ninterface eni-1 base,web 10.1.0.5"),
            new AnomalyOptions { Kinds = [AnomalyKind.AttachmentRedundant] });
        Assert.Empty(report.Anomalies);
        Assert.Equal(isDoubtful, report.Doubts.Any(d => d.Group.Value == "sg-web"));
    }

    private static IEnumerable<(SecurityGroupId Group, RuleKey Key)> OtherRules(Estate estate, NetworkInterface nic, SecurityGroupId but) =>
        estate.SecurityGroups.Where(g => g.Id != but && nic.Groups.Contains(g.Id)).SelectMany(g => g.Rules.Select(r => (g.Id, r.Key)));

    private static AllowedTraffic Traffic(Estate estate, IEnumerable<RuleKey> rules) => AllowedTraffic.Of(rules, estate.Index.EntriesOf);
}
