using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>References to groups that are gone or behind a peering that is: revoked. They match nothing, and EC2 gives no id twice.</summary>
internal sealed class StaleReferenceRemedies : RemedyMaker
{
    public override string Does => "revokes the reference: the group or the peering is gone, and nothing can match it again.";

    public override FixStage Stage => FixStage.Clearing;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        if (AskAboutDeclared(finding, group, context) is { } question) return question;
        var evidence = finding.Evidence.Select(e => e.Key).ToList();
        return evidence.Count == 0
            ? Proposal.Ask($"Which rule of {NameOf(group)} is stale? The finding names none.", "look at its references")
            : Proposal.Change($"{List(evidence)} of {NameOf(group)} is revoked; what it names is gone.", Revoke(group, evidence));
    }
}
