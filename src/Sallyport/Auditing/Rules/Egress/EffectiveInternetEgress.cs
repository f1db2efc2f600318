using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Exposure;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-14: an interface gets to the internet through its groups, network ACLs and routes.</summary>
internal sealed class EffectiveInternetEgress : AuditRule
{
    private static readonly ImmutableArray<IpFamily> Families = [IpFamily.V4, IpFamily.V6];

    public override string Code => "SP-EGR-14";

    public override string Title => "Instance effectively reaches the internet";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.Egress;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.EgressGateways];

    public override ImmutableArray<AuditNeed> Needs =>
        [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Subnets, AuditNeed.Routes, AuditNeed.NetworkAcls, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "An egress rule covers a public address that routes (over an internet gateway, or over a NAT gateway) and network ACLs, there and back, let an interface of the group reach, and the interface is not one of egress.gateways. Services of AWS behind a gateway endpoint do not count.",
        Why: "This is the way by which data leaves and tools of an intruder come in.",
        Fix: "Narrow the rule, send the traffic through a proxy that you list in egress.gateways, or take the route away.",
        Fires: "group web\n  egress tcp/443 to 0.0.0.0/0\nsubnet subnet-a 10.1.0.0/24\nroute subnet-a 0.0.0.0/0 igw-1\ngateway igw-1\nacl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\ninterface eni-1 web 10.1.0.5 public 203.0.113.9 in subnet-a",
        Quiet: "group web\n  egress tcp/443 to 0.0.0.0/0\nsubnet subnet-a 10.1.0.0/24\nroute subnet-a 10.2.0.0/16 pcx-1\npeering pcx-1 vpc-a vpc-b\nacl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\ninterface eni-1 web 10.1.0.5 in subnet-a");

    internal override void CheckEstate(AuditContext context, AuditSink sink) => UnreadInterfaces.Doubt(this, context, sink);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Egress.Rules.All(static r => r.Peer is GroupPeer)) return;
        var gaps = new SortedSet<string>(StringComparer.Ordinal);
        var rules = PublicRules(group, gaps);
        if (rules.Count == 0 && gaps.Count == 0) return;
        var hidden = new SortedSet<string>(StringComparer.Ordinal);
        var paths = PathsOf(group, hidden);
        if (paths.Count == 0 && hidden.Count == 0) return;
        gaps.UnionWith(hidden);
        var offending = new List<SecurityGroupRule>();
        NetworkInterface? example = null;
        foreach (var (rule, family, addresses) in rules)
        {
            foreach (var (path, member) in paths)
            {
                if (path.Family != family) continue;
                switch (path.Path.Carries(rule.Service.Interval, addresses))
                {
                    case true:
                        offending.Add(rule);
                        example ??= member;
                        break;
                    case null:
                        gaps.Add(path.Path.Gap ?? $"something between {member.Id} and the internet was not read");
                        continue;
                    default:
                        continue;
                }

                break;
            }
        }

        if (example is not null)
        {
            var evidence = offending.DistinctBy(r => r.Key).ToList();
            sink.Report(
                this, group, $"{example.Id} gets out to the Internet by {ListWords.Of(evidence.Select(r => r.Key.ToString()))}: routes and network ACLs let it through.",
                evidence, basis: FindingBasis.Snapshot);
        }
        else if (gaps.Count > 0)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private static List<(SecurityGroupRule Rule, IpFamily Family, AddressSet Addresses)> PublicRules(GroupFacts group, SortedSet<string> gaps)
    {
        var rules = new List<(SecurityGroupRule, IpFamily, AddressSet)>();
        foreach (var rule in group.Egress.Rules)
        {
            if (rule.Peer is GroupPeer) continue;
            foreach (var family in Families)
            {
                if (group.Egress.AddressesOf(rule, family) is not { } addresses) gaps.Add($"the entries of prefix list {rule.Peer} were not read");
                else if (!addresses.IsEmpty && IsPartlyPublic(addresses)) rules.Add((rule, family, addresses));
            }
        }

        return rules;
    }

    private static bool IsPartlyPublic(AddressSet addresses)
    {
        var open = PublicSpace.Of(addresses.Family);
        foreach (var range in addresses.Ranges)
        {
            if (open.Overlaps(range)) return true;
        }

        return false;
    }

    /// <summary>The ways out of the members, each once, with a member that has it; ways that carry nothing are left out.</summary>
    private static List<((InternetPath Path, IpFamily Family) Path, NetworkInterface Member)> PathsOf(GroupFacts group, SortedSet<string> hidden)
    {
        var gateways = group.Context.Parameters.Get(AuditParameters.EgressGateways);
        var paths = new Dictionary<(InternetPath, IpFamily), NetworkInterface>(PathComparer.Instance);
        foreach (var member in group.Members)
        {
            if (!gateways.IsEmpty && IsGateway(member, gateways, group.Context)) continue;
            if (!gateways.IsEmpty && WhyUnnamed(member, group.Context) is { } why)
            {
                hidden.Add(why);
                continue;
            }

            foreach (var family in Families)
            {
                if (group.Context.Internet.OutOf(member, family) is { Parts.IsEmpty: false } path) paths.TryAdd((path, family), member);
            }
        }

        return [.. paths.Select(p => (p.Key, p.Value))];
    }

    private static bool IsGateway(NetworkInterface nic, ImmutableArray<string> gateways, AuditContext context) =>
        gateways.Contains(nic.Id.Value) || (nic.Instance is { } instance && gateways.Contains(instance))
        || nic.Groups.Any(g => gateways.Contains(g.Value) || (context.Estate.Index.Groups.TryGetValue(g, out var group) && group.UnknownName is null && gateways.Contains(group.Name)));

    private static string? WhyUnnamed(NetworkInterface nic, AuditContext context)
    {
        foreach (var id in nic.Groups)
        {
            if (context.Estate.Index.Groups.TryGetValue(id, out var group) && group.UnknownName is { } why) return $"the name of group {id} is not known: {why}";
        }

        return null;
    }

    // Paths are shared by interfaces that are alike; comparing their contents would cost more than judging them.
    private sealed class PathComparer : IEqualityComparer<(InternetPath Path, IpFamily Family)>
    {
        public static PathComparer Instance { get; } = new();

        public bool Equals((InternetPath Path, IpFamily Family) x, (InternetPath Path, IpFamily Family) y) => ReferenceEquals(x.Path, y.Path) && x.Family == y.Family;

        public int GetHashCode((InternetPath Path, IpFamily Family) obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Path);
    }
}
