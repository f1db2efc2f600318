using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>Rules that let nothing through, whoever carries the group: revoked. What only looks so today is asked.</summary>
internal sealed class NoEffectRemedies : RemedyMaker
{
    public override string Does => "revokes the rule when no packet can use it whoever carries the group; asks when that is so only as things were read.";

    public override FixStage Stage => FixStage.Clearing;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        var evidence = finding.Evidence.Select(e => e.Key).ToList();
        if (evidence.Count == 0) return Proposal.Ask($"What is to become of {NameOf(group)}? {finding.Message}", "see the rule's page");
        if (AskAboutDeclared(finding, group, context) is { } question) return question;
        return finding.Basis != FindingBasis.Snapshot || evidence.TrueForAll(k => IsDead(k, group))
            ? Proposal.Change($"{List(evidence)} of {NameOf(group)} is revoked; nothing can use it.", Revoke(group, evidence))
            : Proposal.Ask($"Will {List(evidence)} of {NameOf(group)} be used again? Nothing can use it now, and that may change.", "revoke it", "keep it and waive the finding").IfUnneeded(Revoke(group, evidence));
    }

    private static bool IsDead(RuleKey key, SecurityGroup group) =>
        group.Rules.FirstOrDefault(r => r.Key == key)?.Peer is GroupPeer { PeeringStatus: not (null or "active") };
}
