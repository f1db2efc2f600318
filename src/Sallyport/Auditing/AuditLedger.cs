using System.Collections.Immutable;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Waivers;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>What becomes of each finding after its rule: waived, known to the baseline, too light to list; and all that is counted meanwhile.</summary>
internal sealed class AuditLedger
{
    private readonly AuditOptions _options;
    private readonly WaiverBook? _waivers;
    private readonly ComplianceJudge? _compliance;
    private readonly BaselineTally? _baseline;
    private readonly HashSet<UnknownVerdict> _unknown = [];
    private readonly int[] _counts = new int[(int)FindingSeverity.Critical + 1];
    private int _waived;
    private int _below;

    public AuditLedger(AuditOptions options, RuleBook book, ImmutableArray<AuditRule> ran, Estate estate)
    {
        _options = options;
        if (!options.Waivers.IsEmpty) _waivers = new WaiverBook(options.Waivers, book, options.Today);
        if (options.Baseline is { } baseline) _baseline = new BaselineTally(baseline);
        if (!options.Frameworks.IsEmpty) _compliance = new ComplianceJudge(options.Frameworks, book, ran, estate);
    }

    /// <summary>The finding as the report lists it; null when it does not.</summary>
    public Finding? Take(Finding finding)
    {
        if (_waivers?.Cover(finding) is { } waiver) finding = finding with { Waiver = waiver };
        _compliance?.Count(finding);
        if (_baseline is not null)
        {
            if (_baseline.IsKnown(finding)) return null;
            finding = finding with { IsNew = true };
        }

        if (finding.Severity < _options.LeastSeverity)
        {
            _below++;
            return null;
        }

        if (finding.Waiver is null) _counts[(int)finding.Severity]++;
        else _waived++;
        return finding;
    }

    /// <summary>Takes note of a verdict that could not be given; the same one twice is one.</summary>
    public void Take(UnknownVerdict verdict) => _unknown.Add(verdict);

    /// <summary>The report without what the caller knows: scope, rules, gaps and the list of findings.</summary>
    public AuditReport Close(AuditScope scope, ImmutableArray<AuditRule> ran, Estate estate)
    {
        ImmutableArray<UnknownVerdict> unknown =
        [
            .. _unknown.OrderBy(u => u.Rule, StringComparer.Ordinal).ThenBy(u => u.Resource.Scope)
                .ThenBy(u => u.Resource.Id, StringComparer.Ordinal).ThenBy(u => u.Gap, StringComparer.Ordinal),
        ];
        _compliance?.Count(unknown);
        return new AuditReport
        {
            Scope = scope,
            Rules = ran,
            Gaps = estate.Gaps,
            Unknown = unknown,
            Waivers = _waivers?.Uses(ran) ?? [],
            Baseline = _baseline?.Close(ran.Select(r => r.Code).ToHashSet(), estate.Scopes.ToHashSet(), unknown),
            Compliance = _compliance is null ? [] : [.. _options.Frameworks.Select(_compliance.Judge)],
            BelowLeast = _below,
            Summary = new AuditSummary(
                _counts[(int)FindingSeverity.Critical], _counts[(int)FindingSeverity.High], _counts[(int)FindingSeverity.Medium],
                _counts[(int)FindingSeverity.Low], _counts[(int)FindingSeverity.Info], _waived, unknown.Length),
        };
    }
}
