using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Fixing.Remedies;

/// <summary>
/// Rules wider than they should be: narrowed to what a connections file declares for the group. Without one nobody can tell a
/// public service from an oversight.
/// </summary>
internal sealed class DeclaredSideRemedies : RemedyMaker
{
    public override string Does => "narrows the rules to what the connections file declares for the group; asks without one (--assume-unneeded revokes them).";

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        var evidence = finding.Evidence.Select(e => e.Key).Order().ToList();
        if (evidence.Count == 0) return Proposal.Ask($"What is to become of {NameOf(group)}? {finding.Message}", "see the rule's page");
        if (AskAboutDeclared(finding, group, context) is { } question) return question;
        if (!context.IsManaged(group.Id))
        {
            var why = context.HasConnections ? "The connections file does not name the group." : "Nothing that was given says what is meant.";
            return Proposal.Ask(
                $"Who needs {List(evidence)} on {NameOf(group)}? {why}",
                "declare the connections that are needed and fix with --connections", "revoke it when nobody needs it (--assume-unneeded)", "waive the finding with a reason and a date").IfUnneeded(Revoke(group, evidence));
        }

        var services = evidence.ToLookup(k => k.Direction, k => k.Service);
        var present = group.Rules.Select(r => r.Key).ToHashSet();
        var declared = context.DeclaredOn(group.Id)
            .Where(r => ServiceSet.Of(services[r.Key.Direction]).Overlaps(ServiceSet.Of(r.Key.Service)) && !present.Contains(r.Key))
            .Select(r => new AddedRule(r.Key, OpenEgressRemedies.WithoutOwners(r.Description), r.Origins)).ToList();
        var what = declared.Count == 0
            ? $"{List(evidence)} of {NameOf(group)} is revoked; the connections file does not declare it."
            : $"{List(evidence)} of {NameOf(group)} is narrowed to {List(declared.Select(r => r.Key))}, as the connections file declares.";
        return Proposal.Change(what, new RuleChange(group.Id) { Add = [.. declared], Remove = [.. evidence] });
    }
}
