using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>What only people decide: asked with the rule's own advice and the reason why no machine answers.</summary>
internal sealed class AskRemedies(string why) : RemedyMaker
{
    public override string Does => $"asks: {why}.";

    /// <summary>The question for any resource.</summary>
    public Proposal Propose(Finding finding)
    {
        var advice = RuleCatalogue.Find(finding.Rule)?.Guide.Fix;
        return Proposal.Ask($"{finding.Message} No machine can decide what to do: {why}.", advice is { Length: > 0 } ? [advice.TrimEnd('.')] : ["see the rule's own message"]);
    }

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context) => Propose(finding);
}
