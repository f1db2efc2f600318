using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>Rules that on every interface another attached group makes needless: revoked while that holds, as things were read.</summary>
internal sealed class CrossGroupRemedies : RemedyMaker
{
    public override string Does => "revokes the rule while, on every interface that carries the group, the other groups still allow everything it allows.";

    public override FixStage Stage => FixStage.Tidying;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        var standing = context.Standing(finding, group);
        if (standing.IsEmpty) return Proposal.Cleared("The rule goes with the changes for another finding.");
        var members = context.Estate.Index.MembersOf(group.Id).ToList();
        if (members.Count == 0 || context.Facts.IsAttachedElsewhere(group.Id) || context.Facts.IsMissing(GapKind.NetworkInterfaces, group.Scope))
        {
            return Proposal.Ask($"Does anything carry {NameOf(group)} without the other groups? Not everything that may carry it was read.", "revoke the rule", "keep it and waive the finding");
        }

        foreach (var rule in standing)
        {
            foreach (var groups in members.Select(m => m.Groups).DistinctBy(g => string.Join(' ', g)))
            {
                var rest = groups.SelectMany(g => context.Draft.KeysOf(g, rule.Direction).Where(k => g != group.Id || k != rule));
                if (context.IsHeldBy(rule, rest)) continue;
                return Proposal.Cleared($"{rule} of {NameOf(group)} stays: with the other changes made, some interface has it from this group alone.");
            }
        }

        return Proposal.Change($"{List(standing)} of {NameOf(group)} is revoked; every interface that carries it has the same from other groups.", Revoke(group, standing));
    }
}
