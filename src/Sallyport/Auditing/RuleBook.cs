using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;

namespace Sallyport.Auditing;

/// <summary>The rules that a run knows, the catalogue's and the user's own, and the ways to name some of them.</summary>
public sealed class RuleBook
{
    private const string Everything = "all";
    private const string Defaults = "defaults";

    private readonly Dictionary<string, AuditRule> _own;

    private RuleBook(ImmutableArray<AuditRule> own)
    {
        _own = own.ToDictionary(r => r.Code, StringComparer.OrdinalIgnoreCase);
        All = own.IsEmpty ? RuleCatalogue.All : [.. RuleCatalogue.All, .. own.OrderBy(r => r.Code, StringComparer.Ordinal)];
    }

    /// <summary>The catalogue alone.</summary>
    public static RuleBook Catalogue { get; } = new([]);

    /// <summary>The catalogue's rules by code, then the user's own by code.</summary>
    public ImmutableArray<AuditRule> All { get; }

    /// <summary>The catalogue with the user's own rules beside it.</summary>
    public static RuleBook With(ImmutableArray<AuditRule> own) => own.IsDefaultOrEmpty ? Catalogue : new RuleBook(own);

    /// <summary>The rule of a code or alias, in any letter case; null when there is none.</summary>
    public AuditRule? Find(string id) => _own.GetValueOrDefault(id) ?? RuleCatalogue.Find(id);

    /// <summary>The rules of an id, alias, prefix (<c>SP-PRT</c>) or pattern (<c>SP-PRT-1*</c>); empty when the text names none.</summary>
    public ImmutableArray<AuditRule> ByRule(string text)
    {
        if (Find(text) is { } one) return [one, .. All.Where(r => r.PartOf == one.Code)];
        if (text.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            var pattern = new Glob(text.ToUpperInvariant());
            return [.. All.Where(r => pattern.Matches(r.Code.ToUpperInvariant()))];
        }

        var prefix = text + "-";
        return [.. All.Where(r => r.Code.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The rules of a family, as <c>ingress</c> or <c>network-acl</c>; empty when there is no such family, or no rule in it.</summary>
    public ImmutableArray<AuditRule> ByFamily(string text)
    {
        var word = text.Replace("-", string.Empty, StringComparison.Ordinal);
        return [.. All.Where(r => r.Family.ToString().Equals(word, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>
    /// The rules that a text selects: <c>all</c>, <c>defaults</c> (those that run when nothing is said), by rule, else by family, else
    /// by severity (the rule's own), else by framework. Empty when it names nothing.
    /// </summary>
    public ImmutableArray<AuditRule> Select(string text)
    {
        if (text.Equals(Everything, StringComparison.OrdinalIgnoreCase)) return All;
        if (text.Equals(Defaults, StringComparison.OrdinalIgnoreCase)) return [.. All.Where(r => r.IsOnByDefault)];
        var rules = ByRule(text);
        if (rules.IsEmpty) rules = ByFamily(text);
        if (rules.IsEmpty && FindingSeverities.TryParse(text, out var severity)) rules = [.. All.Where(r => r.Severity == severity)];
        if (rules.IsEmpty && FrameworkCatalogue.Find(text, out _) is { } framework) rules = [.. All.Where(r => r.Serves(framework))];
        return rules;
    }

    /// <summary>
    /// The rules that a text selects to run: of several only those that are on by default, so that a family does not switch on what
    /// waits to be named.
    /// </summary>
    internal ImmutableArray<AuditRule> SelectToRun(string text)
    {
        var rules = Select(text);
        if (rules.Length < 2 || text.Equals(Everything, StringComparison.OrdinalIgnoreCase)) return rules;
        ImmutableArray<AuditRule> on = [.. rules.Where(r => r.IsOnByDefault)];
        return on.IsEmpty ? rules : on;
    }

    /// <summary>What a selection may be called, for suggestions.</summary>
    internal IEnumerable<string> Names() => ((string[])[Everything, Defaults]).Concat(RuleNames()).Concat(FamilyNames).Concat(FindingSeverities.Words).Concat(FrameworkCatalogue.All.Select(f => f.Name));

    /// <summary>What rules may be called, for suggestions.</summary>
    internal IEnumerable<string> RuleNames() => All.Select(r => r.Code).Concat(All.Select(r => r.Code[..r.Code.LastIndexOf('-')]).Distinct());

    /// <summary>The families that have rules.</summary>
    public IEnumerable<string> FamilyNames => All.Select(r => r.Family).Distinct().Select(f => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(f.ToString()));
}
