using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules;

/// <summary>
/// A rule about the address blocks that a group's rules name, judged one by one; prefix lists stand for their entries. One finding
/// a group with every offending rule, or an unknown verdict when a list was not read. Lists that AWS keeps are passed over: what is
/// in them is nobody's choice.
/// </summary>
internal abstract class BlockRule : AuditRule
{
    protected static ImmutableArray<Direction> Both { get; } = [Direction.Ingress, Direction.Egress];

    protected abstract ImmutableArray<Direction> Directions { get; }

    /// <summary>Is a rule worth a look, whatever its blocks are?</summary>
    protected virtual bool Concerns(GroupFacts group, SecurityGroupRule rule) => true;

    /// <summary>True to object, null when what decides was not read.</summary>
    protected abstract bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block);

    /// <summary>True when a prefix list offends only if every entry does.</summary>
    protected virtual bool NeedsEveryBlock => false;

    /// <summary>What is missing when <see cref="Judge"/> cannot tell.</summary>
    protected virtual string GapOf(GroupFacts group, SecurityGroupRule rule) => string.Empty;

    /// <summary>Rules, of those objected to, that another finding speaks of.</summary>
    protected virtual bool IsLeftToOthers(GroupFacts group, SecurityGroupRule rule) => false;

    protected abstract string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending);

    /// <summary>Null for the rule's own severity.</summary>
    protected virtual FindingSeverity? SeverityOf(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) => null;

    /// <summary>What the verdict may become stale by.</summary>
    protected virtual FindingBasis Basis => FindingBasis.Symbolic;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? offending = null;
        List<string>? gaps = null;
        foreach (var direction in Directions)
        {
            foreach (var rule in group.Of(direction).Rules)
            {
                if (rule.Peer is GroupPeer || !Concerns(group, rule)) continue;
                switch (JudgePeer(group, rule, out var gap))
                {
                    case true when !IsLeftToOthers(group, rule): (offending ??= []).Add(rule); break;
                    case null: (gaps ??= []).Add(gap); break;
                }
            }
        }

        if (offending is not null)
        {
            sink.Report(this, group, Describe(group, offending), offending, SeverityOf(group, offending), Basis);
        }
        else if (gaps is not null)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private bool? JudgePeer(GroupFacts group, SecurityGroupRule rule, out string gap)
    {
        gap = string.Empty;
        bool? verdict = false;
        switch (rule.Peer)
        {
            case CidrPeer cidr:
                verdict = Judge(group, rule, cidr.Cidr);
                break;
            case PrefixListPeer list when IsKeptByAmazon(group, list):
                break;
            case PrefixListPeer list when group.Context.Facts.ListOf(list.PrefixList) is { } facts:
                verdict = JudgeList(group, rule, facts.Blocks);
                break;
            case PrefixListPeer list:
                gap = $"the entries of prefix list {list.PrefixList} were not read";
                return null;
        }

        if (verdict is null) gap = GapOf(group, rule);
        return verdict;
    }

    private bool? JudgeList(GroupFacts group, SecurityGroupRule rule, ImmutableArray<Cidr> blocks)
    {
        // An answer that settles the list ends the search: one offender, or one that is none where all must be.
        var settles = !NeedsEveryBlock;
        bool? verdict = NeedsEveryBlock && !blocks.IsEmpty;
        foreach (var block in blocks)
        {
            var one = Judge(group, rule, block);
            if (one == settles) return settles;
            if (one is null) verdict = null;
        }

        return verdict;
    }

    private static bool IsKeptByAmazon(GroupFacts group, PrefixListPeer peer) =>
        group.Context.Estate.Index.PrefixLists.TryGetValue(peer.PrefixList, out var list) && list.IsAwsManaged;
}
