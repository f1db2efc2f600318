using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Fixing.Remedies;

/// <summary>Rules that one rule can say: replaced by it, after a check that both allow exactly the same.</summary>
internal sealed class MergeRemedies : RemedyMaker
{
    public override string Does => "replaces the rules by fewer that allow exactly the same; no traffic changes.";

    public override FixStage Stage => FixStage.Tidying;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        var standing = context.Standing(finding, group);
        if (standing.Length < finding.Evidence.Length || standing.Length < 2) return Proposal.Cleared("A rule of the set goes with the changes for another finding.");
        if (standing.Any(k => context.IsAsked(group.Id, k)))
        {
            return Proposal.Ask($"Shall {List(standing)} of {NameOf(group)} be one rule? Another question about them is open, and its answer may change them.", "answer the other question first, then fix again");
        }

        if (standing.Select(k => k.Direction).Distinct().Count() > 1) return Ask(group, standing);
        var fewer = RuleMinimiser.Minimise(standing);
        if (fewer.Length >= standing.Length) return Ask(group, standing);
        var words = string.Join("; ", group.Rules.Where(r => standing.Contains(r.Key) && r.Description.Length > 0).Select(r => r.Description).Distinct());
        var added = fewer.Except(standing).Select(k => new AddedRule(k, words.Length > 0 ? words : "several rules in one", [finding.Rule]));
        return Proposal.Change(
            $"{List(standing)} of {NameOf(group)} become{(fewer.Length == 1 ? "s" : string.Empty)} {List(fewer)}, which allows the same.",
            new RuleChange(group.Id) { Add = [.. added], Remove = [.. standing.Except(fewer)] });
    }

    private static Proposal Ask(SecurityGroup group, IEnumerable<RuleKey> rules) =>
        Proposal.Ask($"How shall {List(rules)} of {NameOf(group)} be merged? No smaller set of rules found allows exactly the same.", "merge them by hand", "waive the finding");
}
