using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Drift;

/// <summary>
/// Compares what code declares with a live estate, rule by rule. What the code leaves open is a doubt and never drift: a rule in
/// doubt is neither missing nor undeclared. Live groups that the code does not declare are none of its business.
/// </summary>
public static class CodeDriftDetector
{
    private const string NoGroup = "?";

    /// <summary>The differences of every declared group that has exactly one live group.</summary>
    public static CodeDrift Detect(Estate declared, Estate live)
    {
        var matches = GroupMatches.Of(declared, live);
        var doubts = new List<DriftDoubt>();
        var rules = new List<DesiredRule>();
        var groups = new List<ManagedGroup>();
        var more = new List<DriftEntry>();
        var declaredIn = GapsOf(declared);

        // A rule that no group could be found for may be one of any group.
        var anywhere = declared.Gaps.FirstOrDefault(g => g.What == GapKind.Rules && !declared.Index.Groups.ContainsKey(new SecurityGroupId(g.Where)))?.Why;
        var liveIn = GapsOf(live);
        var absent = new List<SecurityGroupId>();
        foreach (var group in declared.SecurityGroups)
        {
            var open = declaredIn.GetValueOrDefault(group.Id.Value) ?? anywhere;
            if (!matches.Live.TryGetValue(group.Id, out var found))
            {
                if (matches.Absent.Contains(group.Id) && open is null) absent.Add(group.Id);
                else doubts.Add(new DriftDoubt(group.Id, matches.Unsure.GetValueOrDefault(group.Id) ?? $"{group.Id} is not in the estate, and the code leaves something about it open: {open}") { At = group.At });
                continue;
            }

            if ((liveIn.GetValueOrDefault(found.Id.Value) ?? liveIn.GetValueOrDefault(string.Empty) ?? liveIn.GetValueOrDefault(found.Scope.ToString())) is { } unread)
            {
                doubts.Add(new DriftDoubt(group.Id, $"The rules of {found.Id} were not all read: {unread}") { At = group.At });
                continue;
            }

            groups.Add(new ManagedGroup(group.Id.Value, found.Id, found.Scope, IsReadOnly: false));
            new GroupComparison(group, found, matches, open).Compare(rules, doubts, more);
        }

        var desired = new DesiredRules { Rules = [.. rules.OrderBy(r => r.Group).ThenBy(r => r.Key)], Groups = [.. groups.OrderBy(g => g.Id)] };
        var report = DriftDetector.Detect(live, desired);
        return new CodeDrift(
            report with
            {
                Entries = [.. report.Entries.Select(e => Placed(e, declared, matches)).Concat(more).OrderBy(e => e.Group).ThenBy(e => e.Kind).ThenBy(e => e.Rule)],
                AbsentGroups = [.. absent.Order()],
                Doubts = [.. doubts.OrderBy(d => d.Group).ThenBy(d => d.Rule is not null).ThenBy(d => d.Rule?.ToString(), StringComparer.Ordinal).ThenBy(d => d.Why, StringComparer.Ordinal)],
            },
            desired)
        { Matches = matches };
    }

    private static Dictionary<string, string> GapsOf(Estate estate) => estate.Gaps.Where(g => g.What == GapKind.Rules)
        .GroupBy(g => g.Where, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Why, StringComparer.Ordinal);

    private static DriftEntry Placed(DriftEntry entry, Estate declared, GroupMatches matches)
    {
        var group = declared.Index.Groups[new SecurityGroupId(entry.GroupName)];
        var rule = entry.Kind == DriftKind.Undeclared ? null : group.Rules.FirstOrDefault(r => entry.Rule == r.Key with { Peer = matches.LiveOf(r.Peer) ?? new GroupPeer(new SecurityGroupId(NoGroup)) });
        return entry with { Declared = group.Id, At = rule is { File: { } file } ? new SourceSpan(file, rule.Line) : group.At };
    }
}
