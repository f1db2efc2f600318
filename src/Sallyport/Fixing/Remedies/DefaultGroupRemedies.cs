using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>Rules of a default group: revoked when nothing carries it, else what carries it needs a group of its own first.</summary>
internal sealed class DefaultGroupRemedies : RemedyMaker
{
    public override string Does => "revokes the rules of a default group that nothing carries; asks when something does, for that would lose its connections.";

    public override FixStage Stage => FixStage.Clearing;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        if (AskAboutDeclared(finding, group, context) is { } question) return question;
        var evidence = finding.Evidence.Select(e => e.Key).ToList();
        if (evidence.Count > 0 && context.IsUnattached(group))
        {
            return Proposal.Change($"The {evidence.Count} rule{(evidence.Count == 1 ? string.Empty : "s")} of the default group {group.Id} that the finding names go; nothing carries it.", Revoke(group, evidence));
        }

        const int Most = 3;
        var members = context.Estate.Index.MembersOf(group.Id).Select(m => m.Id.Value).ToList();
        var who = members.Count == 0 ? "What carries it was not all read" : $"It is carried by {string.Join(", ", members.Take(Most))}{(members.Count > Most ? $" and {members.Count - Most} more" : string.Empty)}";
        return Proposal.Ask($"Which groups shall the members of the default group {group.Id} get in its place? {who}.", "attach groups of their own, detach the default group, then fix again", "waive the finding");
    }
}
