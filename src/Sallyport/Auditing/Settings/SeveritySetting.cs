namespace Sallyport.Auditing.Settings;

/// <summary>A severity for rules, or none at all.</summary>
/// <param name="Rules">An id, alias, prefix, pattern, family, severity or framework.</param>
/// <param name="Severity">Null is <c>off</c>: the rules do not run.</param>
public sealed record SeveritySetting(Written Rules, FindingSeverity? Severity);
