using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;

namespace Sallyport.Auditing.Custom;

/// <summary>What a custom rule says of itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">A few words, no full stop.</param>
/// <param name="Severity">Of its findings.</param>
/// <param name="Why">Empty when its author did not say.</param>
/// <param name="Fix">Empty when its author did not say.</param>
/// <param name="Controls">Clauses its author maps it to.</param>
internal sealed record CustomRuleText(string Id, string Title, FindingSeverity Severity, string Why, string Fix, ImmutableArray<Control> Controls);
