using System.Collections.Immutable;
using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Planning;

/// <summary>
/// A plan for people: a block for each connection with both of its sides together, then what changes in text, then what goes,
/// then counts, quota and the next command. First column: <c>+</c> added, <c>~</c> changed, <c>-</c> removed, <c>=</c> there already.
/// </summary>
public static class PlanText
{
    /// <summary>Writes the plan; <paramref name="nextCommand"/> is printed last when there is something to apply.</summary>
    public static void Write(Plan plan, TextWriter output, string? nextCommand = null)
    {
        var names = plan.Groups.ToDictionary(g => g.Id);
        WriteConnections(plan, names, output);
        WriteTexts(plan, names, output);
        WriteRemovals(plan, names, output);
        WriteUnmanaged(plan, names, output);
        foreach (var warning in plan.Warnings) output.Write($"! {warning.Code} {Printable(warning.Message)}\n");
        if (!plan.Warnings.IsEmpty) output.Write('\n');
        var summary = plan.Summary;
        output.Write(plan.Steps.IsEmpty ? "Nothing to do: the estate is as declared.\n" : $"Plan: {summary.Add} to add, {summary.Change} to change, {summary.Remove} to remove, in {plan.Steps.Length} calls\n");
        foreach (var use in plan.Quota.Where(u => u.Before != u.After || u.Peak > u.Limit * 9 / 10))
        {
            var peak = use.Peak > Math.Max(use.Before, use.After) ? $" ({use.Peak} on the way)" : string.Empty;
            output.Write($"Quota: {use.Group} {RuleJson.Word(use.Direction)} {(use.Family == IpFamily.V4 ? "IPv4" : "IPv6")} {use.Before} -> {use.After}{peak} of {use.Limit}\n");
        }

        if (nextCommand is not null && !plan.Steps.IsEmpty) output.Write($"To apply: {nextCommand}\n");
    }

    private static void WriteConnections(Plan plan, Dictionary<SecurityGroupId, PlanGroup> names, TextWriter output)
    {
        var lines = plan.Steps.Where(s => s.Action is PlanAction.Authorize or PlanAction.Modify)
            .SelectMany(s => s.Rules.Select(r => (Sign: r.Before is null ? '+' : '~', s.Group, Rule: r)))
            .Concat(plan.Standing.Select(s => (Sign: '=', s.Group, s.Rule)))
            .ToList();
        foreach (var connection in lines.GroupBy(l => l.Rule.Origins.IsEmpty ? string.Empty : l.Rule.Origins[0], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (connection.All(l => l.Sign == '=')) continue;
            output.Write($"{Heading(connection.Key, [.. connection.Select(l => (l.Group, l.Rule.Key))], names)}\n");
            foreach (var (sign, group, rule) in connection.OrderByDescending(l => l.Rule.Key.Direction).ThenBy(l => l.Group).ThenBy(l => l.Rule.Key))
            {
                var note = sign switch
                {
                    '=' => $"   already there{(rule.Id is { } id ? $" ({id})" : string.Empty)}",
                    '~' => $"   in place of {rule.Before!.Service} {rule.Before.Peer}",
                    _ => string.Empty,
                };
                var also = rule.Origins.Length > 1 ? $"   also for {string.Join(", ", rule.Origins.Skip(1).Select(Printable))}" : string.Empty;
                output.Write($"  {sign} {Line(group, rule.Key, names)}{note}{also}\n");
            }

            output.Write('\n');
        }
    }

    // "web -> db   tcp/3306" when the rules are the two sides of that; else the connection's id alone.
    private static string Heading(string origin, IReadOnlyList<(SecurityGroupId Group, RuleKey Key)> rules, Dictionary<SecurityGroupId, PlanGroup> names)
    {
        var ends = rules.Select(r => r.Key.Direction == Direction.Egress
            ? (From: Name(r.Group, names), To: Name(r.Key.Peer, names))
            : (From: Name(r.Key.Peer, names), To: Name(r.Group, names))).Distinct().ToList();
        var title = origin.Length == 0 ? "(no connection)" : Printable(origin);
        if (ends.Count != 1) return title;
        var services = rules.Select(r => r.Key.Service).Distinct().Order();
        return $"{title}   {ends[0].From} -> {ends[0].To}   {string.Join(", ", services)}";
    }

    private static void WriteTexts(Plan plan, Dictionary<SecurityGroupId, PlanGroup> names, TextWriter output)
    {
        var added = plan.Steps.Where(s => s.Action is PlanAction.Authorize or PlanAction.Modify).SelectMany(s => s.Rules.Select(r => (s.Group, r.Key))).ToHashSet();
        var any = false;
        foreach (var step in plan.Steps.Where(s => s.Action is PlanAction.Describe or PlanAction.Tag))
        {
            foreach (var rule in step.Rules.Where(r => !added.Contains((step.Group, r.Key))))
            {
                if (!any) output.Write("Text only\n");
                any = true;
                var change = step.Action == PlanAction.Describe
                    ? $"\"{Printable(rule.Before!.Description)}\" -> \"{Printable(rule.Description)}\""
                    : string.Join(", ", step.Tags.Pairs.Select(p => $"{Printable(p.Key)}={Printable(p.Value)}").Concat(step.RemovedTags.Select(t => $"without {Printable(t)}")));
                output.Write($"  ~ {Line(step.Group, rule.Key, names)}   {change}\n");
            }
        }

        if (any) output.Write('\n');
    }

    private static void WriteRemovals(Plan plan, Dictionary<SecurityGroupId, PlanGroup> names, TextWriter output)
    {
        var revokes = plan.Steps.Where(s => s.Action == PlanAction.Revoke).ToList();
        if (revokes.Count == 0) return;
        output.Write("Not declared: goes after everything above is there\n");
        var lastAdd = plan.Steps.LastOrDefault(s => s.Action is PlanAction.Authorize or PlanAction.Modify)?.Id ?? 0;
        foreach (var step in revokes)
        {
            foreach (var rule in step.Rules)
            {
                var text = rule.Description.Length == 0 ? string.Empty : $"   \"{Printable(rule.Description)}\"";
                var effect = step.TakesEffect == TakesEffect.Immediately ? "   cuts live connections" : string.Empty;
                var early = step.Id < lastAdd ? "   early, to make room" : string.Empty;
                output.Write($"  - {Line(step.Group, rule.Key, names)}{text}{effect}{early}\n");
            }
        }

        output.Write('\n');
    }

    private static void WriteUnmanaged(Plan plan, Dictionary<SecurityGroupId, PlanGroup> names, TextWriter output)
    {
        if (plan.Unmanaged.IsEmpty) return;
        output.Write("Not declared, and left (settings.unmanagedRules: report)\n");
        foreach (var (group, rule) in plan.Unmanaged) output.Write($"    {Line(group, rule.Key, names)}\n");
        output.Write('\n');
    }

    private static string Line(SecurityGroupId group, RuleKey key, Dictionary<SecurityGroupId, PlanGroup> names)
    {
        var known = names.GetValueOrDefault(group);
        var place = known is null || (known.Scope.Account.Length == 0 && known.Scope.Region.Length == 0) ? string.Empty : $" {known.Scope.Account} {known.Scope.Region}";
        var name = known is { Name.Length: > 0 } ? $" {Printable(ShownText.NameOf(known.Name))}" : string.Empty;
        return $"{RuleJson.Word(key.Direction),-7} {Printable(group.Value)}{name}{place}   {(key.Direction == Direction.Ingress ? "from" : "to")} {Name(key.Peer, names)}   {key.Service}";
    }

    private static string Name(Peer peer, Dictionary<SecurityGroupId, PlanGroup> names) => peer is GroupPeer group ? Name(group.Group, names) : peer.ToString()!;

    private static string Name(SecurityGroupId group, Dictionary<SecurityGroupId, PlanGroup> names) =>
        names.TryGetValue(group, out var known) && known.Name.Length > 0 ? Printable(ShownText.NameOf(known.Name)) : Printable(group.Value);

    /// <summary>Names and descriptions come from outside: nothing in them may steer a terminal or fake a line.</summary>
    internal static string Printable(string text)
    {
        text = ShownText.Of(text);
        if (!text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')) escaped.Append($"\\u{(int)c:x4}");
            else escaped.Append(c);
        }

        return escaped.ToString();
    }
}
