using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Validity;

/// <summary>SP-VAL-03: a protocol other than TCP, UDP and ICMP is open to the world.</summary>
internal sealed class UnusualProtocolToWorld : AuditRule
{
    private static readonly ServiceSet Unusual =
        ServiceSet.FromIntervals([new Interval(ServiceLine.OthersStart, ServiceLine.Length - 1)]);

    public override string Code => "SP-VAL-03";

    public override string Title => "Non-TCP/UDP/ICMP protocol to the world";

    public override RuleFamily Family => RuleFamily.Validity;

    public override FindingSeverity Severity => FindingSeverity.High;

    internal override bool JudgesRulesOf(SecurityGroup group) => true;

    public override RuleGuide Guide => new(
        What: "Rules of one direction that name a protocol by number (GRE 47, ESP 50, AH 51, IP-in-IP 4, 6in4 41, VRRP 112 …) together admit the whole world, in one family or both. Rules for all protocols are left to SP-ING-01 and SP-EGR-02.",
        Why: "Tunnels carry any traffic at all past every rule about ports, and no tool that looks at ports sees them.",
        Fix: "Name the far ends of the tunnel, or revoke the rule.",
        Fires: "group vpn\n  ingress proto/47 from 0.0.0.0/0",
        Quiet: "group vpn\n  ingress proto/47 from 52.1.2.3/32\n  ingress icmp from 0.0.0.0/0\n  ingress tcp/47 from 0.0.0.0/0\n  ingress any from 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var ingress = Open(group.Ingress);
        var egress = Open(group.Egress);
        if (!ingress.IsEmpty || !egress.IsEmpty)
        {
            var protocols = string.Join(", ", ingress.Union(egress).ToServices().Take(8).Select(s => NameOf(s.Protocol)));
            sink.Report(
                this, group, $"Traffic without ports is open to the whole Internet: {protocols}.",
                group.Ingress.NamedWorldEvidence(ingress).Concat(group.Egress.NamedWorldEvidence(egress)));
        }
        else if (group.Ingress.NamedGapsFor(Unusual).Concat(group.Egress.NamedGapsFor(Unusual)).ToList() is { Count: > 0 } gaps)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private static ServiceSet Open(DirectionFacts facts) =>
        facts.WorldServices.IsEmpty ? ServiceSet.Empty : facts.NamedWorldServices.Intersect(Unusual);

    private static string NameOf(Protocol protocol) => protocol.Number switch
    {
        2 => "IGMP (2)",
        4 => "IP-in-IP (4)",
        41 => "6in4 (41)",
        47 => "GRE (47)",
        50 => "ESP (50)",
        51 => "AH (51)",
        89 => "OSPF (89)",
        112 => "VRRP (112)",
        132 => "SCTP (132)",
        var number => $"protocol {number}",
    };
}
