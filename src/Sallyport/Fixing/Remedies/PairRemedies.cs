using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Connections.Importing;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Fixing.Remedies;

/// <summary>
/// A rule without its other side. The connections file decides whether the other side is added or this one goes; so does open
/// egress that lets every packet of the pair out already, of which the missing rule is then only the name. Else it is asked.
/// </summary>
internal sealed class PairRemedies : RemedyMaker
{
    public override string Does => "adds the missing side when the connections file declares it or when the other group's egress lets it all out already, revokes what the file does not declare, else asks (--assume-unneeded revokes a side that nothing answers).";

    public override FixStage Stage => FixStage.Pairing;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        if (finding.Evidence is not [{ Peer: GroupPeer peer } atom]) return Ask(finding, group, null, context);
        var far = context.Estate.Index.Groups.GetValueOrDefault(peer.Group);
        if (context.Declared(group.Id, atom.Key) is not null) return Complete(finding, group, far, atom.Key, context);
        if (context.IsManaged(group.Id))
        {
            return Proposal.Change($"{atom.Key} of {NameOf(group)} is revoked; the connections file does not declare it.", Revoke(group, [atom.Key]));
        }

        if (far is not null && IsLetOut(atom.Key, group, far, context))
        {
            var key = new RuleKey(Direction.Egress, atom.Service, context.ReferenceTo(far, group));
            return Proposal.Change(
                $"{NameOf(far)} gets {key}, which its wide egress lets out already.",
                new RuleChange(far.Id) { Add = [new AddedRule(key, $"admitted by {(group.Name.Length > 0 ? group.Name : group.Id.Value)}", [finding.Rule])] });
        }

        return Ask(finding, group, far, context);
    }

    private static Proposal Complete(Finding finding, SecurityGroup group, SecurityGroup? far, RuleKey key, FixContext context)
    {
        if (far is null || !context.IsManaged(far.Id)) return Ask(finding, group, far, context);
        var present = far.Rules.Select(r => r.Key).ToHashSet();
        var services = ServiceSet.Of(key.Service);
        ImmutableArray<AddedRule> missing =
        [
            .. context.DeclaredOn(far.Id)
                .Where(r => r.Key.Direction != key.Direction && r.Key.Peer is GroupPeer { Group: var to } && to == group.Id
                    && services.Overlaps(ServiceSet.Of(r.Key.Service)) && !present.Contains(r.Key))
                .Select(r => new AddedRule(r.Key, OpenEgressRemedies.WithoutOwners(r.Description), r.Origins)),
        ];
        return missing.IsEmpty
            ? Ask(finding, group, far, context)
            : Proposal.Change($"{NameOf(far)} gets {List(missing.Select(r => r.Key))}, as the connections file declares.", new RuleChange(far.Id) { Add = missing });
    }

    /// <summary>True when every packet that the missing egress would let out to the group may leave already, so that naming it opens nothing.</summary>
    private static bool IsLetOut(RuleKey ingress, SecurityGroup to, SecurityGroup from, FixContext context) =>
        ingress.Direction == Direction.Ingress
        && ForeignGroups.ManagerOf(from, context.Estate) is null
        && context.References.MayRefer(from, to)
        && ServiceSet.Of(ingress.Service).IsSubsetOf(new PairProof(context.Traffic).Holding(context.Traffic.Of(from.Id, Direction.Egress), from.Id, to.Id));

    private static Proposal Ask(Finding finding, SecurityGroup group, SecurityGroup? far, FixContext context)
    {
        var rules = finding.Evidence.Select(e => e.Key).ToList();
        var other = far is null ? "the other group" : NameOf(far);
        // Egress that nothing admits carries nothing; ingress may be in use through wide egress of the other side.
        var isIdle = finding.Rule == "SP-PAIR-01";
        var question = Proposal.Ask(
            $"Is the connection behind {List(rules)} of {NameOf(group)} wanted?{(context.HasConnections ? " The connections file does not decide it." : string.Empty)}",
            $"add the other side to {other}", isIdle ? "revoke the rule when it is not wanted (--assume-unneeded)" : "revoke the rule when it is not wanted", "declare the connection and fix with --connections");
        return isIdle ? question.IfUnneeded(Revoke(group, rules)) : question;
    }
}
