using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-09: a rule names IRC ports for public addresses.</summary>
internal sealed class IrcEgress : AuditRule
{
    public override string Code => "SP-EGR-09";

    public override string Title => "IRC egress";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.IrcTcp];

    public override RuleGuide Guide => new(
        What: "A TCP egress rule names a port of irc.tcp, alone or inside a range, for a peer that holds public addresses. All-protocol rules name no port: SP-EGR-02 speaks of those.",
        Why: "Bots have reported home over IRC for decades; servers have no business there.",
        Fix: "Revoke the rule, and look at what asked for it.",
        Fires: "group web\n  egress tcp/6667 to 0.0.0.0/0",
        Quiet: "group web\n  egress tcp/6667 to 10.0.0.0/8\n  egress tcp/6670-6696 to 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var ports = group.Context.Parameters.Get(AuditParameters.IrcTcp);
        List<SecurityGroupRule>? offending = null;
        List<string>? gaps = null;
        foreach (var rule in group.Egress.Rules)
        {
            if (rule.Service.Protocol != Protocol.Tcp || !ports.Overlaps(rule.Service.Interval) || rule.Peer is GroupPeer) continue;
            if (rule.Peer is PrefixListPeer && group.Egress.AddressesOf(rule, IpFamily.V4) is null)
            {
                (gaps ??= []).Add($"the entries of prefix list {rule.Peer} were not read");
            }
            else if (IsPublic(group, rule, IpFamily.V4) || IsPublic(group, rule, IpFamily.V6))
            {
                (offending ??= []).Add(rule);
            }
        }

        if (offending is not null)
        {
            var open = ServiceSet.Of(offending.Select(r => r.Service)).Intersect(ports);
            sink.Report(this, group, $"IRC ports ({open}) may be reached at public addresses.", offending);
        }
        else if (gaps is not null)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private static bool IsPublic(GroupFacts group, SecurityGroupRule rule, IpFamily family) =>
        group.Egress.AddressesOf(rule, family)!.Overlaps(PublicSpace.Of(family));
}
