using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Drift;

/// <summary>
/// One declared group in the words of its live group. A declared rule whose far end only a run would tell may be any live rule of its
/// service that names a far end of that kind; such live rules are left as they are.
/// </summary>
/// <param name="declared">The group of the code.</param>
/// <param name="live">The group it is.</param>
/// <param name="matches">What the far ends are.</param>
/// <param name="open">Why the code does not tell all rules of the group; null when it does.</param>
internal sealed class GroupComparison(SecurityGroup declared, SecurityGroup live, GroupMatches matches, string? open)
{
    /// <summary>Adds what the live group has to hold, what is in doubt, and what is missing without a name that EC2 knows.</summary>
    public void Compare(List<DesiredRule> rules, List<DriftDoubt> doubts, List<DriftEntry> missing)
    {
        var known = new HashSet<RuleKey>();
        var unsettled = new List<SecurityGroupRule>();
        foreach (var rule in declared.Rules)
        {
            if (matches.LiveOf(rule.Peer) is { } peer)
            {
                known.Add(rule.Key with { Peer = peer });
                rules.Add(new DesiredRule(live.Id, rule.Key with { Peer = peer }, rule.UnknownDescription is null ? rule.Description : string.Empty, []));
            }
            else
            {
                unsettled.Add(rule);
            }
        }

        var undeclared = live.Rules.Where(r => !known.Contains(r.Key)).ToList();
        var kept = new HashSet<RuleKey>();
        foreach (var rule in unsettled)
        {
            var at = rule.File is { } file ? new SourceSpan(file, rule.Line) : declared.At;
            var candidates = undeclared.Where(r => r.Direction == rule.Direction && r.Service == rule.Service && r.Peer.GetType() == rule.Peer.GetType()).ToList();

            // Nothing there that it could be; and a group that is not there has no rule that names it.
            if (candidates.Count == 0 || (rule.Peer is GroupPeer { Group: var far } && matches.Absent.Contains(far)))
            {
                missing.Add(new DriftEntry(DriftKind.Missing, live.Id, rule.Key) { GroupName = declared.Id.Value, Scope = live.Scope, DeclaredDescription = rule.Description, Declared = declared.Id, At = at });
                continue;
            }

            kept.UnionWith(candidates.Select(c => c.Key));
            doubts.Add(new DriftDoubt(declared.Id, $"Which group or list {rule.Peer} is, only a run of the code tells.") { Rule = rule.Key, Live = [.. candidates], At = at });
        }

        if (open is not null)
        {
            var rest = undeclared.Where(r => !kept.Contains(r.Key)).ToList();
            kept.UnionWith(rest.Select(r => r.Key));
            doubts.Add(new DriftDoubt(declared.Id, $"The code does not tell all rules of the group: {open}") { Live = [.. rest], At = declared.At });
        }

        rules.AddRange(live.Rules.Where(r => kept.Contains(r.Key)).Select(r => new DesiredRule(live.Id, r.Key, r.Description, [])));
    }
}
