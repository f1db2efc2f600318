using Sallyport.Estates;

namespace Sallyport.Auditing.Baselines;

/// <summary>What a baseline knows of a finding beside its fingerprint.</summary>
/// <param name="Rule">Id of the audit rule.</param>
/// <param name="Severity">Severity it had then.</param>
/// <param name="IsWaived">Whether it was waived then.</param>
/// <param name="Resource">Id of its resource.</param>
/// <param name="Scope">Account and Region of its resource.</param>
public readonly record struct BaselineEntry(string Rule, FindingSeverity Severity, bool IsWaived, string Resource, Scope Scope);
