using System.Collections.Immutable;
using Sallyport.Auditing;
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
        return Proposal.Change(what, new RuleChange(group.Id) { Add = added, Remove = open }) with { Notes = [.. needed.NotesOn(group.Id).Distinct().Order(StringComparer.Ordinal)] };
    }

    private static ImmutableArray<AddedRule> AddedTo(SecurityGroup group, string code, NeededEgress needed, FixContext context)
    {
        var present = group.Rules.Select(r => r.Key).ToHashSet();
        var added = new SortedDictionary<RuleKey, AddedRule>();
        foreach (var rule in context.DeclaredOn(group.Id).Where(r => r.Key.Direction == Direction.Egress && !present.Contains(r.Key)))
        {
            added[rule.Key] = new AddedRule(rule.Key, WithoutOwners(rule.Description), rule.Origins);
        }

        foreach (var rule in needed.Of(group.Id).Where(r => !present.Contains(r.Key)))
        {
            added.TryAdd(rule.Key, new AddedRule(rule.Key, WithoutOwners(rule.Description), [code]));
        }

        return [.. added.Values];
    }

    // A compiled description ends in the ids of its connections; the ids of this rule are put there again.
    internal static string WithoutOwners(string description) =>
        description.EndsWith(']') && description.LastIndexOf(" [", StringComparison.Ordinal) is var at and >= 0 ? description[..at] : description;
}
