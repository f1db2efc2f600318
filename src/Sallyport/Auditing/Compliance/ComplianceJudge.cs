using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Compliance;

/// <summary>
/// Findings and unknown verdicts of a run to states of clauses. A finding counts for the clauses it names, which may be fewer than its
/// rule's; those that a baseline knows or a threshold hides count too. A part of the estate that was to be read and was not lets no clause pass.
/// </summary>
internal sealed class ComplianceJudge
{
    private readonly Dictionary<(string Rule, string Framework, string Clause), (int Open, int Waived)> _findings = [];
    private readonly Dictionary<string, int> _unknown = [];
    private readonly HashSet<string> _ran;
    private readonly bool _isIncomplete;
    private readonly RuleBook _book;
    private readonly EstateIndex _estate;
    private readonly HashSet<string> _frameworks;

    public ComplianceJudge(ImmutableArray<Framework> frameworks, RuleBook book, IEnumerable<AuditRule> ran, Estate estate)
    {
        _book = book;
        _ran = [.. ran.Select(r => r.Code)];
        _estate = estate.Index;

        // An estate without groups, or with a part that failed to be read, is not clean.
        _isIncomplete = estate.SecurityGroups.IsEmpty || estate.Gaps.Any(g => g.IsReadFailure || g.What == GapKind.Rules);
        _frameworks = [.. frameworks.Select(f => f.Name)];
    }

    /// <summary>Takes a finding into account.</summary>
    public void Count(Finding finding)
    {
        foreach (var control in finding.Controls)
        {
            if (!_frameworks.Contains(control.Framework) || !ClauseScope.Concerns(control, finding, _estate)) continue;
            var key = (finding.Rule, control.Framework, control.Id);
            var (open, waived) = _findings.GetValueOrDefault(key);
            _findings[key] = finding.Waiver is null ? (open + 1, waived) : (open, waived + 1);
        }
    }

    /// <summary>Takes verdicts that could not be given into account.</summary>
    public void Count(IEnumerable<UnknownVerdict> unknown)
    {
        foreach (var verdict in unknown) _unknown[verdict.Rule] = _unknown.GetValueOrDefault(verdict.Rule) + 1;
    }

    /// <summary>Every clause of the framework that some rule serves, whether the rule ran or not.</summary>
    public FrameworkReport Judge(Framework framework)
    {
        // A row that stands for others finds nothing: its silence must not read as a pass.
        var rows = _book.All.Select(r => r.PartOf).ToHashSet();
        var clauses = _book.All.Where(r => !rows.Contains(r.Code))
            .SelectMany(r => r.Controls.Where(c => c.Framework == framework.Name).Select(c => (c.Id, Rule: RuleOf(r.Code, c))))
            .GroupBy(p => p.Id, p => p.Rule)
            .OrderBy(g => g.Key, ClauseOrder.Instance)
            .Select(g => Judge(g.Key, [.. g.OrderBy(r => r.Code, StringComparer.Ordinal)]));
        return new FrameworkReport(framework, [.. clauses]);
    }

    private ControlRule RuleOf(string code, Control control)
    {
        var (open, waived) = _findings.GetValueOrDefault((code, control.Framework, control.Id));
        var unknown = _unknown.GetValueOrDefault(code);
        var state = !_ran.Contains(code) ? ControlState.NotAssessed
            : open > 0 ? ControlState.Fail
            : unknown > 0 ? ControlState.Unknown
            : ControlState.Pass;
        return new ControlRule(code, control.Source, state, open, waived, unknown);
    }

    private ControlResult Judge(string id, ImmutableArray<ControlRule> rules)
    {
        var notes = new List<string>();
        var state = Any(ControlState.Fail) ? ControlState.Fail
            : Any(ControlState.Unknown) ? ControlState.Unknown
            : Any(ControlState.Pass) ? ControlState.Pass
            : ControlState.NotAssessed;
        if (state == ControlState.Pass && _isIncomplete)
        {
            state = ControlState.Unknown;
            notes.Add("part of the estate was not read");
        }

        var waived = rules.Sum(r => r.Waived);
        if (waived > 0) notes.Add($"{waived} waived");
        var missing = rules.Count(r => r.State == ControlState.NotAssessed);
        if (missing > 0 && missing < rules.Length) notes.Add($"{missing} of {rules.Length} rules did not run");
        return new ControlResult(id, state, rules, string.Join("; ", notes));

        bool Any(ControlState wanted) => rules.Any(r => r.State == wanted);
    }
}
