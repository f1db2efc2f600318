using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-07: DNS may be asked of somebody who is not a resolver of ours.</summary>
internal sealed class ThirdPartyDns : AuditRule
{
    private static readonly ServiceSet Dns = ServiceSet.Of([Service.Udp(53), Service.Tcp(53), Service.Tcp(853)]);

    private static readonly ImmutableArray<Cidr> AmazonResolvers = [Cidr.Parse("169.254.169.253/32"), Cidr.Parse("fd00:ec2::253/128")];

    public override string Code => "SP-EGR-07";

    public override string Title => "DNS to third party";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.Egress;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.Resolvers];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "An egress rule covers udp/53, tcp/53 or tcp/853 to public addresses that are not in resolvers; or names one of those ports exactly for private addresses outside your VPCs that are neither the VPC's resolver (base + 2), 169.254.169.253, fd00:ec2::253 nor in resolvers. Groups are never third parties.",
        Why: "DNS to a resolver that you do not log is a common exfiltration channel, and an indicator of compromise.",
        Fix: "Allow DNS to your own resolvers only; the VPC's resolver needs no rule at all.",
        Fires: "group web\n  egress udp/53 to 8.8.8.8/32",
        Quiet: "group web\n  egress udp/53 to 10.1.0.2/32\n  egress udp/53 to 169.254.169.253/32");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? offending = null;
        List<string>? gaps = null;
        foreach (var rule in group.Egress.Rules)
        {
            if (!Dns.Overlaps(rule.Service.Interval) || rule.Peer is GroupPeer) continue;
            switch (IsThirdParty(group, rule, out var gap))
            {
                case true: (offending ??= []).Add(rule); break;
                case null: (gaps ??= []).Add(gap); break;
            }
        }

        if (offending is not null)
        {
            var services = ServiceSet.Of(offending.Select(r => r.Service)).Intersect(Dns);
            var peers = string.Join(", ", offending.Select(r => r.Peer.ToString()).Distinct());
            sink.Report(this, group, $"DNS ({services}) may be asked of {peers}, beyond the VPC's resolver and your own.", offending);
        }
        else if (gaps is not null)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private static bool? IsThirdParty(GroupFacts group, SecurityGroupRule rule, out string gap)
    {
        gap = string.Empty;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (group.Egress.AddressesOf(rule, family) is not { } peer)
            {
                gap = $"the entries of prefix list {rule.Peer} were not read";
                return null;
            }

            var foreign = peer.Subtract(Resolvers(group, family));
            if (foreign.Overlaps(PublicSpace.Of(family))) return true;
            if (foreign.IsEmpty || !Dns.Contains(rule.Service)) continue;

            // A rule that names DNS for private addresses: ours when they are in our VPCs, else somebody's resolver.
            if (foreign.IsSubsetOf(group.Context.Facts.OwnSpace(family))) continue;
            if (!group.Context.Facts.IsMissing(GapKind.Vpcs, group.Group.Scope)) return true;
            gap = $"{group.Group.Scope.Describe("VPCs")} were not read, so it is unknown whose resolver {rule.Peer} is";
            return null;
        }

        return false;
    }

    private static AddressSet Resolvers(GroupFacts group, IpFamily family)
    {
        var vpcResolvers = group.Context.Facts.VpcsOf(group.Group)
            .SelectMany(v => v.Cidrs)
            .Where(c => c.Family == IpFamily.V4)
            .Select(c => Cidr.Host(new Address(IpFamily.V4, c.Bits + 2)));
        return AddressSet.Of(family, [.. AmazonResolvers, .. vpcResolvers, .. group.Context.Parameters.Get(AuditParameters.Resolvers)]);
    }
}
