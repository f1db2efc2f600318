using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-16: a rule admits a whole private block.</summary>
internal sealed class WholePrivateBlock : AuditRule
{
    public override string Code => "SP-ING-16";

    public override string Title => "Whole RFC1918 block";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.PrivateBlocks;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.PrivateBlocks];

    public override RuleGuide Guide => new(
        What: "An ingress rule's peer equals or contains a block of private.blocks (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7). Rules that make up the world are left to SP-ING-01 and SP-ING-02.",
        Why: "Every network that is ever joined to the VPC, by peering, VPN or a partner's link, is admitted in advance.",
        Fix: "Narrow the rule to the VPC's or subnet's block, or to a group.",
        Fires: "group web\n  ingress tcp/443 from 10.0.0.0/7",
        Quiet: "group web\n  ingress tcp/443 from 10.0.0.0/9\n  ingress tcp/443 from 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Ingress;
        var blocks = group.Context.Parameters.Get(AuditParameters.PrivateBlocks);
        List<SecurityGroupRule>? offending = null;
        List<string>? gaps = null;
        foreach (var rule in facts.Rules)
        {
            if (rule.Peer is PrefixListPeer && facts.AddressesOf(rule, IpFamily.V4) is null)
            {
                (gaps ??= []).Add($"the entries of prefix list {rule.Peer} were not read");
                continue;
            }

            if (!blocks.Any(b => Holds(facts, rule, b))) continue;
            if (!facts.IsOfWorld(rule)) (offending ??= []).Add(rule);
        }

        if (offending is not null)
        {
            sink.Report(this, group, $"A whole private block is admitted: {PeerWords.Of(offending)}.", offending);
        }
        else if (gaps is not null)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private static bool Holds(DirectionFacts facts, SecurityGroupRule rule, Cidr block) => rule.Peer switch
    {
        CidrPeer cidr => cidr.Cidr.Contains(block),
        PrefixListPeer => AddressSet.Of(block).IsSubsetOf(facts.AddressesOf(rule, block.Family)!),
        _ => false,
    };
}
