using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Waivers;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Reports;

/// <summary>Reports made by hand, so that goldens of formats change with the format and not with every new rule.</summary>
internal static class FixedReport
{
    private static readonly Scope Home = new("111122223333", "eu-west-1");
    private static readonly Scope China = new("444455556666", "cn-north-1");

    /// <summary>When all of them were made.</summary>
    public static DateTimeOffset At { get; } = new(2026, 11, 21, 9, 30, 15, TimeSpan.FromHours(2));

    /// <summary>One of everything a report can hold.</summary>
    public static AuditReport Plain { get; } = Of(
        [
            Finding("SP-ING-06", FindingSeverity.Critical, Group("sg-0a", "web"), "Administration ports (tcp/22) are open to the whole IPv4 Internet.",
                "ingress tcp/22 0.0.0.0/1", "ingress tcp/22 128.0.0.0/1") with { Basis = FindingBasis.Snapshot, Related = ["SP-ING-02"], IsNew = true },
            Finding("SP-EGR-02", FindingSeverity.High, Group("sg-0b", "db") with { Scope = China }, "All egress traffic is open to the whole IPv4 and IPv6 Internet.",
                "egress any 0.0.0.0/0", "egress any ::/0") with { Location = new SourceSpan("network/main groups.yaml", 12, 3), IsNew = false },
            Finding("SP-PAIR-02", FindingSeverity.Medium, Group("sg-0a", "web"), "sg-0a admits tcp/443 from sg-0b (db), which declares none of it as egress.", "ingress tcp/443 sg-0b"),
            Finding("SP-PAIR-02", FindingSeverity.Medium, Group("sg-0a", "web"), "sg-0a admits icmp/8/-1 from sg-0c (batch), which declares none of it as egress.", "ingress icmp/8/-1 sg-0c"),
            Finding("SP-EGR-01", FindingSeverity.Medium, Group("sg-0c", "batch"), "Egress of tcp/443 is open to the whole IPv4 Internet.", "egress tcp/443 0.0.0.0/0", "egress proto/47 pl-0d") with
            {
                Aliases = ["EC2-033"],
                Waiver = new Waiver("SP-EGR-01", "sg-0c", "Downloads packages until the mirror is up.", "network team", new DateOnly(2027, 3, 31)),
            },
            Finding("SP-USE-01", FindingSeverity.Low, Group("sg-0e", ""), "Nothing carries the group."),
            Finding("SP-VAL-02", FindingSeverity.Info, FindingResource.Of(Home), "Not wholly read: Instances of 111122223333/eu-west-1. UnauthorizedOperation when reading."),
        ],
        [
            new("SP-ING-02", Group("sg-0a", "web"), "the entries of prefix list pl-0d were not read"),
            new("SP-ING-02", Group("sg-0b", "db") with { Scope = China }, "the entries of prefix list pl-0d were not read"),
        ],
        [
            new(GapKind.PrefixLists, "pl-0d", "A rule names the list, but its entries were not read."),
            new(GapKind.Instances, "111122223333/eu-west-1", "UnauthorizedOperation when reading.", IsReadFailure: true),
        ]) with
    {
        Waivers =
        [
            new WaiverUse(new Waiver("SP-EGR-01", "sg-0c", "Downloads packages until the mirror is up.", "network team", new DateOnly(2027, 3, 31)), WaiverState.Used, 1),
            new WaiverUse(new Waiver("SP-EGR-02", "db*", "Until the migration.", "data team", new DateOnly(2026, 10, 31)), WaiverState.Expired, 1),
            new WaiverUse(new Waiver("SP-ING-02", "old-*", "Shop.", "shop team", new DateOnly(2027, 1, 31)), WaiverState.Unused, 0),
        ],
        Baseline = new BaselineComparison("last.json", Known: 3, Worse: 1, Gone: 2, NotChecked: 0),
        BelowLeast = 4,
        Compliance =
        [
            new FrameworkReport(
                new Framework("PCI-DSS-4.0", "PCI DSS", "4.0", "PCI SSC"),
                [
                    new ControlResult("1.3.1", ControlState.Unknown, [new ControlRule("SP-ING-02", "AWS Security Hub", ControlState.Unknown, 0, 0, 2)], ""),
                    new ControlResult("1.3.2", ControlState.Fail, [new ControlRule("SP-EGR-01", ControlBundles.Ours, ControlState.Pass, 0, 1, 0), new ControlRule("SP-EGR-02", ControlBundles.Ours, ControlState.Fail, 1, 0, 0)], ""),
                    new ControlResult("1.4.2", ControlState.Pass, [new ControlRule("SP-EGR-09", "AWS Security Hub", ControlState.Pass, 0, 0, 0)], ""),
                ]),
        ],
    };

    /// <summary>Nothing to say, and everything was read.</summary>
    public static AuditReport Clean { get; } = Of([], [], []) with { NotAssessed = [] };

    /// <summary>Every hostile name wherever an untrusted text can stand: one finding a name.</summary>
    public static AuditReport Hostile { get; } = OfNames(HostileNames.All);

    /// <summary>The same for some names.</summary>
    public static AuditReport OfNames(ImmutableArray<string> names) => Of(
        [
            .. names.Select((name, i) => Finding(
                "SP-EGR-01", FindingSeverity.High, Group(i % 2 == 0 ? $"sg-{i:x8}" : $"sg-{i:x8}{name}", name) with { Vpc = i % 3 == 0 ? new VpcId(name) : new VpcId("vpc-a"), Scope = i % 5 == 4 ? new Scope(name, name) : Home },
                $"The group \"{name}\" is open: {name}", "egress tcp/443 0.0.0.0/0") with
            {
                Fingerprint = $"{i:x32}",
                Location = i % 4 == 0 ? null : new SourceSpan(name, i),
                Waiver = i % 3 == 0 ? new Waiver("SP-EGR-01", "*", name, name, new DateOnly(2030, 1, 1)) : null,
                Evidence = [new EvidenceAtom(new SecurityGroupRuleId(name), Direction.Egress, Service.Tcp(443), new CidrPeer(Cidr.AnyV4)), new EvidenceAtom(null, Direction.Ingress, Service.Any, new GroupPeer(new SecurityGroupId(name)) { Account = name }), new EvidenceAtom(null, Direction.Ingress, Service.Any, new PrefixListPeer(new PrefixListId(name)))],
            }),
        ],
        [.. names.Select(name => new UnknownVerdict("SP-ING-02", Group(name, name), name))],
        [.. names.Select((name, i) => new EstateGap(GapKind.PrefixLists, name, name, IsReadFailure: i % 2 == 0))]) with
    {
        Scope = new AuditScope([Home.Account, .. names], [Home.Region, .. names], 1, 1, 1),
        Waivers = [.. names.Select((name, i) => new WaiverUse(new Waiver(name, name, name, name, new DateOnly(2026, 1, 1)) { At = new SourceSpan(name, i) }, i % 2 == 0 ? WaiverState.Expired : WaiverState.Unused, i))],
        Baseline = new BaselineComparison(names.Length > 0 ? names[0] : "last.json", 1, 2, 3, 4),
        Compliance = [.. names.Take(3).Select(name => new FrameworkReport(new Framework(name, name, name, name, name), [new ControlResult(name, ControlState.Fail, [new ControlRule("SP-EGR-01", name, ControlState.Fail, 1, 0, 0)], name)]))],
    };

    /// <summary>As many findings as wanted, most severe first.</summary>
    public static AuditReport OfMany(int count) => Of(
        [.. Enumerable.Range(0, count).Select(i => Finding("SP-EGR-01", i < count / 10 ? FindingSeverity.High : FindingSeverity.Medium, Group($"sg-{i:x8}", "web"), "Egress of tcp/443 is open to the whole IPv4 Internet.") with { Fingerprint = $"{i:x32}" })],
        [], []);

    private static AuditReport Of(ImmutableArray<Finding> findings, ImmutableArray<UnknownVerdict> unknown, ImmutableArray<EstateGap> gaps)
    {
        return new()
        {
            Scope = new AuditScope([Home.Account, China.Account], [China.Region, Home.Region], 5, 1_234, 1),
            Rules = [.. RuleCatalogue.All.Where(r => r.Code is "SP-EGR-01" or "SP-EGR-02" or "SP-EGR-09" or "SP-ING-02" or "SP-ING-06" or "SP-PAIR-02" or "SP-USE-01" or "SP-VAL-02")],
            NotAssessed = [new UnassessedRule(RuleCatalogue.Find("SP-PAIR-01")!, "needs a connections file")],
            Findings = findings,
            Unknown = unknown,
            Gaps = gaps,
            Summary = new AuditSummary(
                Open(FindingSeverity.Critical), Open(FindingSeverity.High), Open(FindingSeverity.Medium), Open(FindingSeverity.Low), Open(FindingSeverity.Info),
                findings.Count(f => f.Waiver is not null), unknown.Length),
        };

        int Open(FindingSeverity severity) => findings.Count(f => f.Waiver is null && f.Severity == severity);
    }

    private static Finding Finding(string rule, FindingSeverity severity, FindingResource resource, string message, params string[] evidence)
    {
        ImmutableArray<EvidenceAtom> atoms = [.. evidence.Select((text, i) => Atom(text, i))];
        return new Finding
        {
            Rule = rule,
            Severity = severity,
            Title = RuleCatalogue.Find(rule)!.Title,
            Message = message,
            Resource = resource,
            Evidence = atoms,
            Controls = rule == "SP-EGR-01" ? [new Control("PCI-DSS-4.0", "1.3.2", "Sallyport"), new Control("NIST-800-53r5", "SC-7(5)", "Sallyport")] : [],
            Fingerprint = Fingerprint.Of(rule, resource, atoms),
        };
    }

    private static EvidenceAtom Atom(string text, int index)
    {
        var words = text.Split(' ');
        Peer peer = words[2].StartsWith("sg-", StringComparison.Ordinal) ? new GroupPeer(new SecurityGroupId(words[2])) { Account = "444455556666" }
            : words[2].StartsWith("pl-", StringComparison.Ordinal) ? new PrefixListPeer(new PrefixListId(words[2]))
            : new CidrPeer(Cidr.Parse(words[2]));
        return new EvidenceAtom(index == 0 ? new SecurityGroupRuleId("sgr-0123456789abcdef0") : null, words[0] == "egress" ? Direction.Egress : Direction.Ingress, Service.Parse(words[1]), peer);
    }

    private static FindingResource Group(string id, string name) => new(FindingResource.SecurityGroupType, id, name, Home, new VpcId("vpc-a"));
}
