using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Every merge that SP-USE-02 and SP-SPR-02 would propose.</summary>
public static class MergeProposals
{
    /// <summary>By the group that is dropped. Groups of different VPCs cannot become one, so they are not among them.</summary>
    public static ImmutableArray<MergeProposal> Of(Estate estate, AuditOptions options)
    {
        var context = new AuditContext(estate, options);
        var strategy = context.Strategy;
        return
        [
            .. estate.SecurityGroups
                .Select(g => (Drop: g, Keep: strategy.Duplicates.KeeperOf(g.Id) ?? strategy.Similar.Of(g.Id)?.Group))
                .Where(p => p.Keep is not null && p.Keep.Vpc == p.Drop.Vpc)
                .Select(p => MergeProposal.Of(context.Facts, p.Drop, p.Keep!)),
        ];
    }
}
