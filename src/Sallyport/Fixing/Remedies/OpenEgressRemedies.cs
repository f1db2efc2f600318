using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Estates;

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

        var added = AddedTo(group, finding.Rule, needed, context);
        var what = added.IsEmpty
            ? $"{List(open)} of {NameOf(group)} is revoked; no connections file and no other group proves that anything of it is needed."
            : $"{List(open)} of {NameOf(group)} is replaced by {added.Length} rule{(added.Length == 1 ? string.Empty : "s")} for what the other side admits or the connections declare.";
        return Proposal.Change(what, new RuleChange(group.Id) { Add = added, Remove = open }) with { Notes = [.. needed.NotesOn(group.Id).Concat(Unfiltered(group, context)).Distinct().Order(StringComparer.Ordinal)] };
    }

    private static IEnumerable<string> Unfiltered(SecurityGroup group, FixContext context)
    {
        const int Most = 3;
        var open = context.UnfilteredIn(group.Vpc).Select(n => n.Description.Length > 0 ? $"{n.Id} ({n.Description})" : n.Id.Value).ToList();
        if (open.Count == 0 || !context.Estate.Index.MembersOf(group.Id).Any()) yield break;
        yield return $"Does {NameOf(group)} use {string.Join(", ", open.Take(Most))}{(open.Count > Most ? $" and {open.Count - Most} more" : string.Empty)}? What carries no group admits everything and proves nothing; declare a connection if it does.";
    }

    /// <summary>True when the finding is one whose open rules give way.</summary>
    public static bool Replaces(Finding finding, SecurityGroup group, FixContext context) =>
        AskAboutDeclared(finding, group, context) is null && finding.Evidence.Any(e => OpenEgress.Of(group, context.Estate).Contains(e.Key));

    private static ImmutableArray<AddedRule> AddedTo(SecurityGroup group, string code, NeededEgress needed, FixContext context)
    {
        var added = new SortedDictionary<RuleKey, AddedRule>();
        foreach (var rule in Missing(group, context.DeclaredOn(group.Id))) added[rule.Key] = new AddedRule(rule.Key, WithoutOwners(rule.Description), rule.Origins);
        foreach (var owner in context.CarriedWith(group).Prepend(group))
        {
            foreach (var rule in Missing(owner, needed.Of(owner.Id)))
            {
                if (!group.Rules.Any(r => r.Key == rule.Key)) added.TryAdd(rule.Key, new AddedRule(rule.Key, WithoutOwners(rule.Description), [code]));
            }
        }

        // What is said already need not be said twice; what a connection owns stays, so that its owner finds it.
        var settled = context.SettledRulesOf(group).Where(k => k.Direction == Direction.Egress).ToList();
        foreach (var rule in added.Values.Where(r => r.Origins is [var only] && only == code).ToList())
        {
            if (context.TrafficOf([rule.Key]).IsSubsetOf(context.TrafficOf(settled.Concat(added.Keys.Where(k => k != rule.Key))))) added.Remove(rule.Key);
        }

        return [.. added.Values];
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
