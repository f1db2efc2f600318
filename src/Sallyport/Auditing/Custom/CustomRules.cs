using System.Collections.Immutable;

namespace Sallyport.Auditing.Custom;

/// <summary>The rules of the user's own files.</summary>
/// <param name="Items">By id.</param>
public sealed record CustomRules(ImmutableArray<AuditRule> Items);
