using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>Counts the owners of every (group, key): one rule, however many connections want it.</summary>
internal sealed class RuleLedger
{
    private readonly Dictionary<(SecurityGroupId Group, RuleKey Key), SortedDictionary<string, string>> _owners = [];

    /// <summary>Adds an owner of a rule. Of two reasons of one owner the first in order counts.</summary>
    public void Add(SecurityGroupId group, RuleKey key, string origin, string reason)
    {
        if (!_owners.TryGetValue((group, key), out var owners)) _owners[(group, key)] = owners = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!owners.TryGetValue(origin, out var known) || string.CompareOrdinal(reason, known) < 0) owners[origin] = reason;
    }

    /// <summary>The rules, sorted by group and key.</summary>
    public ImmutableArray<OwnedRule> ToRules() =>
    [
        .. _owners.OrderBy(r => r.Key.Group).ThenBy(r => r.Key.Key)
            .Select(r => new OwnedRule(r.Key.Group, r.Key.Key, r.Value.ToImmutableSortedDictionary(StringComparer.Ordinal))),
    ];
}
