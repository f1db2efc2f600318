using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>Rules that look like leftovers and may yet carry traffic: asked, and revoked only when that was asked for.</summary>
internal sealed class RevokeWhenUnneededRemedies : RemedyMaker
{
    public override string Does => "asks whether the rule is still needed, for it may carry traffic; --assume-unneeded revokes it.";

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        if (AskAboutDeclared(finding, group, context) is { } question) return question;
        var evidence = finding.Evidence.Select(e => e.Key).ToList();
        return evidence.Count == 0
            ? Proposal.Ask($"What is to become of {NameOf(group)}? {finding.Message}", "see the rule's page")
            : Proposal.Ask($"Is {List(evidence)} of {NameOf(group)} still needed? {finding.Message}", "revoke it (--assume-unneeded)", "keep it and waive the finding").IfUnneeded(Revoke(group, evidence));
    }
}
