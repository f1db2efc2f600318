using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>A rule with its owners' ids and reasons.</summary>
internal sealed record OwnedRule(SecurityGroupId Group, RuleKey Key, ImmutableSortedDictionary<string, string> Owners)
{
    /// <summary>The rule with its text: the reason of the first owner that gives one, the ids of all.</summary>
    public DesiredRule ToDesired() =>
        new(Group, Key, RuleDescription.Of(Owners.Values.FirstOrDefault(r => r.Length > 0) ?? string.Empty, Owners.Keys), [.. Owners.Keys]);
}
