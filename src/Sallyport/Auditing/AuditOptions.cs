using System.Collections.Immutable;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Connections;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>Settings of an audit.</summary>
public sealed record AuditOptions
{
    /// <summary>Every rule, every default.</summary>
    public static AuditOptions Default { get; } = new();

    /// <summary>Codes of the rules to run; empty means all. Check them with <see cref="RuleCatalogue.Find"/> first.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The user's own rules, beside the catalogue; no code twice.</summary>
    public ImmutableArray<AuditRule> CustomRules { get; init; } = [];

    /// <summary>Frameworks to report on, clause by clause; with any, only rules that serve one of them run.</summary>
    public ImmutableArray<Framework> Frameworks { get; init; } = [];

    /// <summary>Codes of the rules not to run.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    /// <summary>By code: the severity every finding of that rule gets.</summary>
    public IReadOnlyDictionary<string, FindingSeverity> Severities { get; init; } = new Dictionary<string, FindingSeverity>();

    /// <summary>Findings below it are counted, not listed.</summary>
    public FindingSeverity LeastSeverity { get; init; } = FindingSeverity.Info;

    /// <summary>Exceptions to findings. One whose rule does not exist covers nothing.</summary>
    public ImmutableArray<Waiver> Waivers { get; init; } = [];

    /// <summary>An earlier audit, whose findings are counted, not listed; null lists everything.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>The declared connections; null when there are none to hold the estate against.</summary>
    public ConnectionsFile? Connections { get; init; }

    /// <summary>What infrastructure code declares; null when there is no code to hold the estate against.</summary>
    public Estate? Code { get; init; }

    /// <summary>The day, UTC, that dated things (waivers, expiries) are judged on; by default none of them has ended.</summary>
    public DateOnly Today { get; init; } = DateOnly.MinValue;

    /// <summary>Threads that judge; the result does not depend on it.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Thresholds and lists.</summary>
    public ParameterValues Parameters { get; init; } = ParameterValues.Defaults;
}
