using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Pair;

/// <summary>SP-PAIR-06: the ports that clients send from are open as if answers had to be let in.</summary>
internal sealed class EphemeralReturn : AuditRule
{
    private const int FirstEphemeral = 1024;
    private const int FirstOfLinux = 32_768;
    private const int LastOfLinux = 60_999;

    public override string Code => "SP-PAIR-06";

    public override string Title => "Ephemeral return rule";

    public override RuleFamily Family => RuleFamily.Pair;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override RuleGuide Guide => new(
        What: "An ingress rule admits TCP or UDP ports 1024-65535 or 32768-60999 from the very peer that an egress rule of the same protocol, for other ports, leads to.",
        Why: "Answers need no rule, because security groups keep state; network ACLs do. The rule lets the far end open connections to tens of thousands of ports.",
        Fix: "Revoke the ingress rule; keep the range in the network ACL, where it belongs.",
        Fires: "group web\n  egress tcp/443 to 198.51.100.0/24\n  ingress tcp/1024-65535 from 198.51.100.0/24",
        Quiet: "group web\n  egress tcp/443 to 198.51.100.0/24\n  ingress tcp/1024-65535 from 10.0.0.0/24");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<string>? gaps = null;
        foreach (var rule in group.Ingress.Rules)
        {
            if (!IsEphemeral(rule.Service) || rule.Peer is GroupPeer peer && !GroupReference.IsAlive(peer)) continue;
            var candidates = group.Egress.Rules.Where(e => e.Service != rule.Service && MayAskFor(e.Service, rule.Service.Protocol)).ToList();
            if (candidates.Find(e => IsSame(group, rule.Peer, e.Peer)) is { } asked)
            {
                sink.Report(
                    this, group, $"{rule.Key} looks like room for the answers of {asked.Key}; answers need no rule.", [rule],
                    basis: rule.Peer.Equals(asked.Peer) ? FindingBasis.Symbolic : FindingBasis.Snapshot);
            }
            else if (candidates.Find(e => MayBeSame(group, rule.Peer, e.Peer)) is { } perhaps)
            {
                var list = rule.Peer is PrefixListPeer ? rule.Peer : perhaps.Peer;
                (gaps ??= []).Add($"{rule.Key}: the entries of prefix list {list} were not read");
            }
        }

        if (gaps is not null) sink.Doubt(this, group, gaps);
    }

    private static bool IsEphemeral(Service service) =>
        service.Protocol.HasPorts && (service.From, service.To) is (FirstEphemeral, 65_535) or (FirstOfLinux, LastOfLinux);

    private static bool MayAskFor(Service egress, Protocol protocol) => egress == Service.Any || egress.Protocol == protocol;

    private static bool IsSame(GroupFacts group, Peer a, Peer b) => group.Context.Facts.CanonicalPeer(a).Equals(group.Context.Facts.CanonicalPeer(b));

    // A list that was not read may hold just the addresses of another peer.
    private static bool MayBeSame(GroupFacts group, Peer a, Peer b) =>
        a is not GroupPeer && b is not GroupPeer && (IsUnread(group, a) || IsUnread(group, b));

    private static bool IsUnread(GroupFacts group, Peer peer) => peer is PrefixListPeer list && group.Context.Facts.ListOf(list.PrefixList) is null;
}
