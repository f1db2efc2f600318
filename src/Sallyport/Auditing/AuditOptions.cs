using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing;

/// <summary>Settings of an audit.</summary>
public sealed record AuditOptions
{
    /// <summary>Every rule, every default.</summary>
    public static AuditOptions Default { get; } = new();

    /// <summary>Codes of the rules to run; empty means all. Check them with <see cref="RuleCatalogue.Find"/> first.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Codes of the rules not to run.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    /// <summary>By code: the severity every finding of that rule gets.</summary>
    public ImmutableDictionary<string, FindingSeverity> Severities { get; init; } = ImmutableDictionary<string, FindingSeverity>.Empty;

    /// <summary>Thresholds and lists.</summary>
    public ParameterValues Parameters { get; init; } = ParameterValues.Defaults;
}
