using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>Rules of which other rules of the group allow every part: revoked one after the other, each only while that still holds.</summary>
internal sealed class NeedlessRuleRemedies : RemedyMaker
{
    public override string Does => "revokes the rule while the other rules of the group still allow everything it allows; no traffic changes.";

    public override FixStage Stage => FixStage.Tidying;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        var standing = context.Standing(finding, group);
        foreach (var rule in standing)
        {
            var rest = context.Draft.KeysOf(group.Id, rule.Direction).Where(k => k != rule);
            if (context.IsHeldBy(rule, rest)) continue;
            return Proposal.Cleared($"{rule} of {NameOf(group)} stays: with the other changes made, nothing else allows it.");
        }

        return standing.IsEmpty
            ? Proposal.Cleared("The rule goes with the changes for another finding.")
            : Proposal.Change($"{List(standing)} of {NameOf(group)} is revoked; other rules of the group allow the same.", Revoke(group, standing));
    }
}
