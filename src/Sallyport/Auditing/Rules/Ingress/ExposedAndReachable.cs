using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Exposure;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-18: a port that is open to the world, on an interface that the world gets to.</summary>
internal sealed class ExposedAndReachable : AuditRule
{
    public override string Code => "SP-ING-18";

    public override string Title => "Exposed and reachable";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Critical;

    public override ImmutableArray<Control> Controls => ControlBundles.OpenIngress;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AdminTcp, AuditParameters.AdminUdp];

    public override ImmutableArray<AuditNeed> Needs =>
        [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Subnets, AuditNeed.Routes, AuditNeed.NetworkAcls, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "Ingress of the group is open to the world on a port that SP-ING-06 or SP-ING-07 objects to, and an interface that carries the group has a public address of that family, a route to an internet gateway and network ACLs that let the connection in and its answer out. Medium when only the public address is missing. Block public access of VPCs, where it was read, closes the way.",
        Why: "Nothing is left between the Internet and the service but its password.",
        Fix: "Narrow the rule first; then ask why the interface needs a public address and a route to the Internet.",
        Fires: "group web\n  ingress tcp/22 from 0.0.0.0/0\nsubnet subnet-a 10.1.0.0/24\nroute subnet-a 0.0.0.0/0 igw-1\ngateway igw-1\nacl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\ninterface eni-1 web 10.1.0.5 public 203.0.113.9 in subnet-a",
        Quiet: "group web\n  ingress tcp/22 from 0.0.0.0/0\nsubnet subnet-a 10.1.0.0/24\nroute subnet-a 0.0.0.0/0 igw-1\ngateway igw-1\nacl subnet-a allow ingress tcp/443 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\ninterface eni-1 web 10.1.0.5 public 203.0.113.9 in subnet-a");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Ingress;
        if (facts.Rules.IsEmpty) return;
        if (facts.WorldServices.IsEmpty && facts.Doubts.Count == 0) return;
        var risky = group.Context.Meaning.RiskyServices;
        var reach = new Reach();
        var isOpen = false;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var open = facts.World(family).World.Intersect(risky);
            if (open.IsEmpty) continue;
            isOpen = true;
            foreach (var member in group.Members) reach.Add(member, family, open, group.Context.Internet);
        }

        if (reach.Exposed is { } exposed)
        {
            Report($"{exposed} answers the Internet on {reach.Services}: it has a public address, a route to an internet gateway and network ACLs that let it through.", null);
        }
        else if (reach.Latent is { } latent)
        {
            Report($"Only a public address keeps {latent} from answering the Internet on {reach.Services}: routes and network ACLs let it through.", FindingSeverity.Medium);
        }
        else if (isOpen)
        {
            var gaps = reach.Gaps.ToList();
            if (UnreadInterfaces.AreMissing(group.Context, group.Group.Scope)) gaps.Add($"{group.Group.Scope.Describe("interfaces")} were not read");
            if (gaps.Count > 0) sink.Doubt(this, group, gaps);
        }
        else if (facts.GapsFor(risky) is { Count: > 0 } gaps)
        {
            sink.Doubt(this, group, gaps);
        }

        void Report(string message, FindingSeverity? severity) => sink.Report(
            this, group, message,
            facts.RulesAt(facts.World(IpFamily.V4).EvidenceOf(reach.V4).Concat(facts.World(IpFamily.V6).EvidenceOf(reach.V6))), severity, FindingBasis.Snapshot);
    }

    /// <summary>What gets to the members of a group, as far as they were looked at.</summary>
    private sealed class Reach
    {
        private ServiceSet _exposed4 = ServiceSet.Empty;
        private ServiceSet _exposed6 = ServiceSet.Empty;
        private ServiceSet _latent4 = ServiceSet.Empty;
        private ServiceSet _latent6 = ServiceSet.Empty;

        /// <summary>The first interface that the internet reaches.</summary>
        public NetworkInterfaceId? Exposed { get; private set; }

        /// <summary>The first interface that it would reach by a public address.</summary>
        public NetworkInterfaceId? Latent { get; private set; }

        public SortedSet<string> Gaps { get; } = new(StringComparer.Ordinal);

        public ServiceSet V4 => Exposed is null ? _latent4 : _exposed4;

        public ServiceSet V6 => Exposed is null ? _latent6 : _exposed6;

        public ServiceSet Services => V4.Union(V6);

        public void Add(NetworkInterface member, IpFamily family, ServiceSet open, InternetPaths paths)
        {
            if (paths.Into(member, family) is not { } path) return;
            var through = path.Open.Intersect(open);
            if (through.IsEmpty)
            {
                if (path.Gap is { } gap && path.Possible.Overlaps(open)) Gaps.Add(gap);
            }
            else if (InternetPaths.IsPublic(member, family))
            {
                Exposed ??= member.Id;
                if (family == IpFamily.V4) _exposed4 = _exposed4.Union(through);
                else _exposed6 = _exposed6.Union(through);
            }
            else
            {
                Latent ??= member.Id;
                if (family == IpFamily.V4) _latent4 = _latent4.Union(through);
                else _latent6 = _latent6.Union(through);
            }
        }
    }
}
