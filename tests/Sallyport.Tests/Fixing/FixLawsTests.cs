using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Connections.Importing;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Fixing.Remedies;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Reachability;
using Sallyport.Reports.Fixes;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Fixing;

/// <summary>What a fix promises, whatever the estate.</summary>
public sealed class FixLawsTests
{
    /// <summary>Generated estates with the default egress on some groups, wide ingress on some, and some groups that others manage.</summary>
    private static readonly Gen<Estate> Estates =
        from estate in EstateGenerator.Estate
        from open in Gen.Elements(true, true, false).ArrayOf(estate.SecurityGroups.Length)
        from foreign in Gen.Elements(true, false, false, false, false, false).ArrayOf(estate.SecurityGroups.Length)
        from wide in Gen.Elements("", "10.1.0.0/16", "0.0.0.0/0", "10.1.1.5/32", "::/0").ArrayOf(estate.SecurityGroups.Length)
        select EstateGenerator.Assemble(
            estate.SecurityGroups.Select((g, i) => g with
            {
                Tags = foreign[i] ? Tags.Of([new("aws:eks:cluster-name", "x")]) : Tags.None,
                Rules = [.. g.Rules.Concat(Extra(open[i], wide[i])).DistinctBy(r => r.Key).OrderBy(r => r.Key)],
            }),
            estate.NetworkInterfaces.Select(WithIpv6));

    private static readonly Gen<FixOptions> Options =
        from assumes in Gen.Elements(false, true)
        from rules in Gen.Elements<string[]>([], ["SP-EGR-01"], ["SP-OVL-01", "SP-OVL-02"], ["SP-PAIR-02"], ["SP-EGR-02", "SP-OVL-01"])
        select new FixOptions { AssumesUnneeded = assumes, Audit = AuditOptions.Default with { Rules = [.. rules] } };

    private static readonly Arbitrary<(Estate Estate, FixOptions Options)> Cases = (from e in Estates from o in Options select (e, o)).ToArbitrary();

    [Fact]
    public void Every_rule_that_goes_is_evidence_of_a_finding_that_is_fixed() => Check((estate, _, report) =>
    {
        var evidence = report.Remedies.SelectMany(r => r.Finding.Evidence.Select(e => (r.Finding.Resource.Id, e.Key))).ToHashSet();
        foreach (var (before, after) in Groups(estate, report.After))
        {
            var left = after.Rules.Select(r => r.Key).ToHashSet();
            foreach (var gone in before.Rules.Select(r => r.Key).Where(k => !left.Contains(k))) Assert.Contains((before.Id.Value, gone), evidence);
        }
    });

    [Fact]
    public void Nothing_that_is_fixed_is_found_again() => Check((estate, options, report) =>
    {
        var after = Auditor.Audit(report.After, options.Audit).Findings;
        foreach (var remedy in report.Remedies) Assert.DoesNotContain(after, f => AreOne(remedy.Finding, f));
    });

    [Fact]
    public void Every_finding_that_was_asked_for_is_fixed_or_asked_about() => Check((estate, options, report) =>
    {
        var wanted = Auditor.Audit(estate, options.Audit).Findings.Select(f => f.Fingerprint);
        var answered = report.Remedies.Select(r => r.Finding.Fingerprint).Concat(report.Questions.Select(q => q.Finding.Fingerprint));
        Assert.Equal(wanted.Order(StringComparer.Ordinal), answered.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void What_is_found_that_was_not_there_is_said_and_was_allowed_before() => Check((estate, options, report) =>
    {
        var before = Auditor.Audit(estate, AuditOptions.Default).Findings;
        var fresh = Auditor.Audit(report.After, AuditOptions.Default).Findings.Where(f => !before.Any(b => b.Rule == f.Rule && b.Resource == f.Resource));
        foreach (var finding in fresh) Assert.Contains(report.Revealed, r => r.Fingerprint == finding.Fingerprint);
        var least = report.Remedies.IsEmpty ? FindingSeverity.Critical : report.Remedies.Min(r => r.Finding.Severity);
        foreach (var finding in report.Revealed.Where(f => f.Severity >= least))
        {
            var judged = JudgedGroups(estate, finding.Resource.Id);
            Assert.True(
                judged.All(g => NamesOnlyWhatWasOpen(estate.Index.Groups[g], report.After.Index.Groups[g])) || !IsTightened(judged, finding.Severity),
                $"{finding.Rule} {finding.Message}\n{Told(estate, report)}");
        }

        bool IsTightened(ImmutableArray<SecurityGroupId> groups, FindingSeverity severity) => report.Remedies.Any(r =>
            RemedyBook.Of(r.Finding.Rule) is not OpenEgressRemedies && r.Finding.Severity <= severity && r.Changes.Any(c => groups.Contains(c.Group) && !c.Add.IsEmpty));

        // A reference where there were blocks for all of a family is no opening: its members were let through before.
        bool NamesOnlyWhatWasOpen(SecurityGroup was, SecurityGroup now) => now.Rules.Select(r => r.Key).Except(was.Rules.Select(r => r.Key)).All(k =>
            k.Peer is GroupPeer peer
                ? ServiceSet.Of(k.Service).IsSubsetOf(new GroupTraffic(estate).Covering(was.Id, k.Direction, peer.Group))
                : AllowedTraffic.Of([k], estate.Index.EntriesOf).IsSubsetOf(AllowedTraffic.Of(was.RulesOf(k.Direction).Select(r => r.Key), estate.Index.EntriesOf)));
    });

    [Fact]
    public void What_both_sides_allowed_between_interfaces_stays_allowed() => Check((estate, options, report) =>
    {
        if (options.AssumesUnneeded) return;
        var (before, after) = (RulesOf(estate), RulesOf(report.After));
        foreach (var a in estate.NetworkInterfaces)
        {
            foreach (var b in estate.NetworkInterfaces.Where(b => b.Id != a.Id))
            {
                // The other two VPCs have no way to each other but the internet, where nobody knows a private address
                // and no reference matches.
                var isConnected = a.Vpc == b.Vpc || a.Vpc == EstateGenerator.VpcA || b.Vpc == EstateGenerator.VpcA;
                foreach (var (from, to) in from x in a.Addresses from y in b.Addresses where x.Family == y.Family && (isConnected || x.Family == IpFamily.V6) select (x, y))
                {
                    foreach (var (protocol, x, y) in PacketPool.Headers)
                    {
                        if (!AllowBoth(before)) continue;
                        Assert.True(
                            AllowBoth(after),
                            $"{a.Id} ({from}) to {b.Id} ({to}): {protocol}/{x}/{y} was closed.\n{Told(estate, report)}");

                        bool AllowBoth(Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>> rules) =>
                            Allows(rules, a, Direction.Egress, to, isConnected ? b.Groups : [], protocol, x, y) && Allows(rules, b, Direction.Ingress, from, isConnected ? a.Groups : [], protocol, x, y);
                    }
                }
            }
        }

        bool Allows(Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>> rules, NetworkInterface near, Direction direction, Address far, ImmutableArray<SecurityGroupId> carried, int protocol, int x, int y) =>
            RuleOracle.Allows(near.Groups.SelectMany(g => rules[g]).Where(r => r.Direction == direction), estate, far, carried, protocol, x, y);
    });

    [Fact]
    public void Groups_that_others_manage_are_never_touched() => Check((estate, _, report) =>
        Assert.All(report.Plan.Steps, s => Assert.True(estate.Index.Groups[s.Group].Tags.IsEmpty)));

    [Fact]
    public void The_plan_leads_to_the_estate_that_was_judged() => Check((estate, _, report) =>
    {
        foreach (var (planned, judged) in Groups(PlannedEstate.After(estate, report.Plan), report.After))
        {
            Assert.Equal(judged.Rules.Select(r => (r.Key, r.Description)), planned.Rules.Select(r => (r.Key, r.Description)));
        }
    });

    [Fact]
    public void Fixing_twice_finds_nothing_more_to_do() => Check((estate, options, report) =>
    {
        var again = Fixer.Fix(report.After, options).Value!;
        Assert.DoesNotContain(again.Remedies, r => report.Remedies.Any(f => AreOne(f.Finding, r.Finding)));
    });

    /// <summary>A finding is about one group, or about an interface whose groups say it together.</summary>
    private static ImmutableArray<SecurityGroupId> JudgedGroups(Estate estate, string resource) =>
        estate.NetworkInterfaces.FirstOrDefault(i => i.Id.Value == resource) is { } carrier ? carrier.Groups : [new(resource)];

    private static void Check(Action<Estate, FixOptions, FixReport> law) => Prop.ForAll(Cases, c =>
    {
        var fixedBy = Fixer.Fix(c.Estate, c.Options);
        Assert.True(fixedBy.IsOk, string.Join('\n', fixedBy.Diagnostics));
        law(c.Estate, c.Options, fixedBy.Value);
    }).QuickCheckThrowOnFailure();

    private static NetworkInterface WithIpv6(NetworkInterface nic, int number) => nic.Vpc == EstateGenerator.VpcA
        ? nic
        : nic with { Addresses = nic.Addresses.Add(Address.Parse($"2001:db8:{(nic.Vpc == EstateGenerator.VpcB ? 'b' : 'c')}::{number + 4:x}")) };

    private static IEnumerable<SecurityGroupRule> Extra(bool open, string ingress)
    {
        if (open) yield return new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4));
        if (open) yield return new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV6));
        if (ingress.Length > 0) yield return new SecurityGroupRule(Direction.Ingress, Service.Tcp(443), new CidrPeer(Cidr.Parse(ingress)));
    }

    private static string Told(Estate estate, FixReport report)
    {
        var text = new StringWriter();
        foreach (var nic in estate.NetworkInterfaces) text.WriteLine($"{nic.Id} in {nic.Vpc}: {string.Join(' ', nic.Groups)} at {string.Join(' ', nic.Addresses)}");
        foreach (var group in estate.SecurityGroups) text.WriteLine($"{group.Id} {group.Name} in {group.Vpc} {group.Tags}\n  {string.Join("\n  ", group.Rules.Select(r => r.Key))}");
        FixTextWriter.Write(report, text);
        return text.ToString();
    }

    private static IEnumerable<(SecurityGroup Before, SecurityGroup After)> Groups(Estate before, Estate after) =>
        before.SecurityGroups.Zip(after.SecurityGroups);

    private static Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>> RulesOf(Estate estate) =>
        estate.SecurityGroups.ToDictionary(g => g.Id, g => (IReadOnlyList<RuleKey>)[.. g.Rules.Select(r => r.Key)]);

    private static bool AreOne(Finding a, Finding b) =>
        a.Rule == b.Rule && a.Resource == b.Resource
        && (a.Evidence.IsEmpty || b.Evidence.IsEmpty || a.Evidence.Any(x => b.Evidence.Any(y => x.Key == y.Key)));
}
