using System.Collections.Immutable;
using Sallyport.Drift;
using Sallyport.Estates;

namespace Sallyport.Patching;

/// <summary>What has to change in the code for it to say what is there.</summary>
public static class DriftChanges
{
    /// <summary>
    /// One change for each rule that is missing or undeclared. A rule with other text is changed by a change of its own kind; groups that are
    /// not there are left to people.
    /// </summary>
    public static ImmutableArray<CodeChange> Of(CodeDrift drift, Estate declared)
    {
        var changes = ImmutableArray.CreateBuilder<CodeChange>();
        foreach (var entry in drift.Report.Entries)
        {
            if (entry.Declared is not { } id || !declared.Index.Groups.TryGetValue(id, out var group)) continue;
            var written = group.Rules.FirstOrDefault(r => r.Key == entry.Rule || (drift.Matches.LiveOf(r.Peer) is { } peer && entry.Rule == r.Key with { Peer = peer }));
            switch (entry.Kind)
            {
                case DriftKind.Missing when written is not null:
                    changes.Add(new CodeChange(group, written.Key, CodeChangeKind.Remove));
                    break;
                case DriftKind.Undeclared:
                    changes.Add(new CodeChange(group, entry.Rule with { Peer = drift.Matches.DeclaredOf(entry.Rule.Peer) }, CodeChangeKind.Add) { Description = entry.Description });
                    break;
                case DriftKind.Text when written is not null:
                    changes.Add(new CodeChange(group, written.Key, CodeChangeKind.Describe) { Description = entry.Description });
                    break;
            }
        }

        return changes.ToImmutable();
    }
}
