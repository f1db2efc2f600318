using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Fixing.Remedies;

/// <summary>
/// Egress open to the world: replaced by the egress that the connections file declares, and by what ingress on the other side
/// proves to be needed. What only the open rule made possible is said, and shown by the semantic difference.
/// </summary>
internal sealed class OpenEgressRemedies : RemedyMaker
{
    public override string Does => "replaces the open rules by the egress that the connections file declares and that ingress of the other side proves; what nobody proves goes, and is listed.";

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        if (AskAboutDeclared(finding, group, context) is { } question) return question;
        var open = OpenEgress.Of(group, context.Estate).Intersect(finding.Evidence.Select(e => e.Key)).Order().ToImmutableArray();
        if (open.IsEmpty || context.Needed is not { } needed)
        {
            return Proposal.Ask(
                $"Which part of {List(finding.Evidence.Select(e => e.Key))} does {NameOf(group)} need? The wide blocks add up to the Internet, and each of them may stand for something else.",
                "declare what is needed in a connections file and fix with --connections", "revoke the blocks that are not needed");
        }

        var internet = InternetEgress.Of(group, open, context);
        if (internet.IsTooMuch)
        {
            return Proposal.Ask(
                $"Which part of {List(open)} does {NameOf(group)} need? Over the internet alone it can use {Uses(internet.Kept)} at more than {InternetEgress.MostTargets} addresses, which no quota of rules permits.",
                "declare what is needed in a connections file and fix with --assume-unneeded", "let those groups admit fewer");
        }

        var added = AddedTo(group, open, finding.Rule, needed, internet, context);
        ImmutableArray<RuleChange> changes = [.. added.Select(a => new RuleChange(a.Key) { Add = [.. a.Value.Values], Remove = a.Key == group.Id ? open : [] })];
        if (!added.ContainsKey(group.Id)) changes = [new RuleChange(group.Id) { Remove = open }, .. changes];
        var count = added.Values.Sum(a => a.Count);
        var what = count == 0
            ? $"{List(open)} of {NameOf(group)} is revoked; no connections file and no other group proves that anything of it is needed."
            : $"{List(open)} of {NameOf(group)} is replaced by {count} rule{(count == 1 ? string.Empty : "s")} for what the other side admits or the connections declare.";
        return Proposal.Change(what, changes) with { Notes = [.. needed.NotesOn(group.Id).Concat(Unfiltered(group, context)).Concat(OverTheInternet(group, internet)).Distinct().Order(StringComparer.Ordinal)] };
    }

    private static IEnumerable<string> Unfiltered(SecurityGroup group, FixContext context)
    {
        const int Most = 3;
        var open = context.UnfilteredIn(group.Vpc).Select(n => n.Description.Length > 0 ? $"{n.Id} ({n.Description})" : n.Id.Value).ToList();
        if (open.Count == 0 || !context.Estate.Index.MembersOf(group.Id).Any()) yield break;
        yield return $"Does {NameOf(group)} use {string.Join(", ", open.Take(Most))}{(open.Count > Most ? $" and {open.Count - Most} more" : string.Empty)}? What carries no group admits everything and proves nothing; declare a connection if it does.";
    }

    private static IEnumerable<string> OverTheInternet(SecurityGroup group, InternetEgress internet)
    {
        if (!internet.Kept.IsEmpty) yield return $"Does {NameOf(group)} use {Uses(internet.Kept)} over the internet? Their VPCs have no other way to each other; what they can use now is kept at the addresses they have now.";
        if (!internet.Lost.IsEmpty) yield return $"Does {NameOf(group)} use {Uses(internet.Lost)} over the internet? Their VPCs have no other way to each other; declare a connection if it does, for this takes it away.";
    }

    private static string Uses(ImmutableArray<(SecurityGroup Far, ServiceSet Services)> uses)
    {
        const int Most = 5;
        return string.Join("; ", uses.Take(Most).Select(u => $"{NameOf(u.Far)} on {u.Services}")) + (uses.Length > Most ? $"; and {uses.Length - Most} more" : string.Empty);
    }

    /// <summary>True when the finding is one whose open rules give way.</summary>
    public static bool Replaces(Finding finding, SecurityGroup group, FixContext context) =>
        AskAboutDeclared(finding, group, context) is null && finding.Evidence.Any(e => OpenEgress.Of(group, context.Estate).Contains(e.Key));

    /// <summary>
    /// What takes the place of the open rules, by the group that gets it. A proof may name another group that the same interfaces
    /// carry; that one gets the rule when all of its members had the open egress, so that nobody gains anything by it.
    /// </summary>
    private static SortedDictionary<SecurityGroupId, SortedDictionary<RuleKey, AddedRule>> AddedTo(
        SecurityGroup group, ImmutableArray<RuleKey> open, string code, NeededEgress needed, InternetEgress internet, FixContext context)
    {
        var added = new SortedDictionary<SecurityGroupId, SortedDictionary<RuleKey, AddedRule>>();
        foreach (var rule in Missing(group, context.DeclaredOn(group.Id))) Of(group)[rule.Key] = new AddedRule(rule.Key, WithoutOwners(rule.Description), rule.Origins);

        // A proof put down to this group may be what another group's open egress let out that goes as well.
        var beside = context.CarriedWith(group).ToList();
        var lost = ServiceSet.Of(open.Concat(beside.Where(context.IsReplaced).SelectMany(g => OpenEgress.Of(g, context.Estate))).Select(k => k.Service));
        foreach (var rule in Missing(group, needed.Of(group.Id)).Where(r => lost.Overlaps(ServiceSet.Of(r.Key.Service)))) Add(group, rule.Key, rule);

        var own = ServiceSet.Of(open.Select(k => k.Service));
        foreach (var other in beside.Where(g => !context.IsReplaced(g)))
        {
            var owner = context.Estate.Index.MembersOf(other.Id).All(m => m.Groups.Contains(group.Id)) && ForeignGroups.ManagerOf(other, context.Estate) is null ? other : group;
            foreach (var rule in Missing(other, needed.Of(other.Id)))
            {
                foreach (var service in own.Intersect(ServiceSet.Of(rule.Key.Service)).ToServices()) Add(owner, rule.Key with { Service = service }, rule);
            }
        }

        if (!internet.Kept.IsEmpty)
        {
            foreach (var rule in internet.Rules(Room)) Of(group).TryAdd(rule, new AddedRule(rule, internet.ReasonOf(rule), [code]));
        }

        foreach (var (id, rules) in added.ToList())
        {
            WithoutRepeats(context.Estate.Index.Groups[id], rules, code, context);
            if (rules.Count == 0) added.Remove(id);
        }

        return added;

        SortedDictionary<RuleKey, AddedRule> Of(SecurityGroup owner)
        {
            if (!added.TryGetValue(owner.Id, out var rules)) added.Add(owner.Id, rules = []);
            return rules;
        }

        // The open rules are there until what takes their place is.
        int Room(IpFamily family)
        {
            var there = group.RulesOf(Direction.Egress).Select(r => r.Key).Concat(context.Draft.KeysOf(group.Id, Direction.Egress)).Concat(added.TryGetValue(group.Id, out var own) ? own.Keys : []);
            return context.RoomBeside(there.Distinct(), family);
        }

        void Add(SecurityGroup owner, RuleKey key, DesiredRule proof)
        {
            if (!owner.Rules.Any(r => r.Key == key)) Of(owner).TryAdd(key, new AddedRule(key, WithoutOwners(proof.Description), [code]));
        }
    }

    // What is said already need not be said twice; what a connection owns stays, so that its owner finds it.
    private static void WithoutRepeats(SecurityGroup group, SortedDictionary<RuleKey, AddedRule> added, string code, FixContext context)
    {
        var settled = context.SettledRulesOf(group).Where(k => k.Direction == Direction.Egress).ToList();
        var kept = context.TrafficOf(settled);
        var proof = new PairProof(context.Traffic);
        foreach (var rule in added.Values.Where(r => r.Origins is [var only] && only == code).ToList())
        {
            var isHeld = rule.Key.Peer is GroupPeer peer && ServiceSet.Of(rule.Key.Service).IsSubsetOf(proof.Holding(kept, group.Id, peer.Group));
            if (isHeld || context.IsHeldBy(rule.Key, settled.Concat(added.Keys.Where(k => k != rule.Key)))) added.Remove(rule.Key);
        }
    }

    private static IEnumerable<DesiredRule> Missing(SecurityGroup group, IEnumerable<DesiredRule> wanted)
    {
        var present = group.Rules.Select(r => r.Key).ToHashSet();
        return wanted.Where(r => r.Key.Direction == Direction.Egress && !present.Contains(r.Key));
    }

    // A compiled description ends in the ids of its connections; the ids of this rule are put there again.
    internal static string WithoutOwners(string description) =>
        description.EndsWith(']') && description.LastIndexOf(" [", StringComparison.Ordinal) is var at and >= 0 ? description[..at] : description;
}
