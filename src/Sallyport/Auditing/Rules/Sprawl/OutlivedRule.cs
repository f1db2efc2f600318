using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Sprawl;

/// <summary>SP-SPR-05: a rule that was meant for a while is still there.</summary>
internal sealed class OutlivedRule : AuditRule
{
    private static readonly Regex Until = new(
        "(?i)(expires|expiry|until|delete after|remove after)[^0-9]{0,12}([0-9]{4}-[0-9]{2}-[0-9]{2})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public override string Code => "SP-SPR-05";

    public override string Title => "Temporary rule outlived";

    public override RuleFamily Family => RuleFamily.Sprawl;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.TemporaryWords, AuditParameters.ExpiryTags, AuditParameters.EnvironmentTag];

    public override RuleGuide Guide => new(
        What: "A rule's description or a tag other than env.tag matches temporary.words, or one of its expiry.tags, or a day after expires or until in its description, is past.",
        Why: "Temporary openings are made in haste, for anybody, and stay for years.",
        Fix: "Revoke the rule, or describe it as what it has become.",
        Fires: "group web\n  ingress tcp/8080 from 10.1.0.0/16 \"temp for migration\"",
        Quiet: "today 2026-11-21\ngroup web\n  ingress tcp/8080 from 10.1.0.0/16 \"latest template server, until 2027-01-31\"");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        foreach (var scope in context.Estate.SecurityGroups.Where(g => !g.Rules.IsEmpty).Select(g => g.Scope).Distinct())
        {
            if (context.Facts.IsMissing(GapKind.RuleIds, scope)) sink.Doubt(this, FindingResource.Of(scope), [$"{scope.Describe("tags of rules")} were not read"]);
        }
    }

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var words = group.Context.Parameters.Get(AuditParameters.TemporaryWords);
        var expiry = group.Context.Parameters.Get(AuditParameters.ExpiryTags);
        var environment = group.Context.Parameters.Get(AuditParameters.EnvironmentTag);
        List<SecurityGroupRule>? offending = null;
        List<string>? why = null;
        foreach (var rule in group.Group.Rules)
        {
            if (Reason(rule, words, expiry, environment, group.Context.Today) is not { } reason) continue;
            (offending ??= []).Add(rule);
            (why ??= []).Add($"{rule.Key} ({reason})");
        }

        if (offending is null)
        {
            if (group.Group.Rules.FirstOrDefault(r => r.UnknownDescription is not null) is { } open) sink.Doubt(this, group, [$"the description of {open.Key} is not known: {open.UnknownDescription}"]);
            else if (group.Group.Rules.FirstOrDefault(r => r.Tags is { Unknown.IsEmpty: false }) is { } tagged) sink.Doubt(this, group, [$"not all tags of {tagged.Key} are known: {tagged.Tags!.Unknown[0].Value}"]);
            return;
        }

        const int Most = 5;
        sink.Report(
            this, group, $"{offending.Count} rule{(offending.Count == 1 ? " was" : "s were")} meant for a while: {string.Join(", ", why!.Take(Most))}{(why!.Count > Most ? " and more" : string.Empty)}.",
            offending);
    }

    private static string? Reason(SecurityGroupRule rule, Regex words, ImmutableArray<string> expiry, ImmutableArray<string> environment, DateOnly today)
    {
        if (rule.Description.AsSpan().ContainsAnyInRange('0', '9') && Until.Match(rule.Description) is { Success: true } match && Day(match.Groups[2].Value) is { } said && said < today) return $"until {said:yyyy-MM-dd}";
        if (rule.Tags is { } tags)
        {
            if (expiry.ValueIn(tags) is { } value && Day(value) is { } last && last < today) return $"until {last:yyyy-MM-dd}";
            foreach (var tag in tags.Pairs)
            {
                if (environment.Contains(tag.Key, StringComparer.OrdinalIgnoreCase)) continue;
                if (words.IsMatch(tag.Key) || words.IsMatch(tag.Value)) return $"tag {tag.Key}={tag.Value}";
            }
        }

        return words.IsMatch(rule.Description) ? $"\"{rule.Description}\"" : null;
    }

    private static DateOnly? Day(string text) =>
        text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
