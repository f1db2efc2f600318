using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Drift;

/// <summary>Compares an estate with declared rules, by the same rules of comparison as the planner, and orders nothing.</summary>
public static class DriftDetector
{
    /// <summary>The differences of every group the declaration names. On read-only groups only what is missing counts.</summary>
    public static DriftReport Detect(Estate estate, DesiredRules desired)
    {
        var byGroup = Planner.RulesByGroup(desired);
        var entries = new List<DriftEntry>();
        var absent = new List<SecurityGroupId>();
        var groups = 0;
        foreach (var managed in desired.Groups.GroupBy(g => g.Id).OrderBy(g => g.Key).Select(g => g.OrderByDescending(m => m.IsReadOnly).First()))
        {
            if (!estate.Index.Groups.TryGetValue(managed.Id, out var group))
            {
                absent.Add(managed.Id);
                continue;
            }

            groups++;
            entries.AddRange(Compare(managed, group, byGroup.GetValueOrDefault(managed.Id, [])));
        }

        return new DriftReport { Entries = [.. entries.OrderBy(e => e.Group).ThenBy(e => e.Kind).ThenBy(e => e.Rule)], AbsentGroups = [.. absent], Groups = groups };
    }

    private static IEnumerable<DriftEntry> Compare(ManagedGroup managed, SecurityGroup group, List<DesiredRule> desired)
    {
        var difference = GroupDifference.Of(group, desired);
        foreach (var rule in difference.Missing)
        {
            yield return Entry(DriftKind.Missing, rule.Key) with { DeclaredDescription = rule.Description, Origins = rule.Origins };
        }

        if (managed.IsReadOnly) yield break;
        foreach (var rule in difference.Undeclared) yield return Entry(DriftKind.Undeclared, rule.Key) with { Id = rule.Id, Description = rule.Description };
        foreach (var text in difference.Text)
        {
            yield return Entry(DriftKind.Text, text.Rule.Key) with
            {
                Id = text.Rule.Id,
                Description = text.Rule.Description,
                DeclaredDescription = text.Description,
                Origins = text.Origins,
            };
        }

        DriftEntry Entry(DriftKind kind, RuleKey key) =>
            new(kind, group.Id, key) { GroupName = managed.Name, Scope = group.Scope, IsReadOnly = managed.IsReadOnly };
    }
}
