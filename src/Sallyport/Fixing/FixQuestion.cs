using System.Collections.Immutable;
using Sallyport.Auditing;

namespace Sallyport.Fixing;

/// <summary>A finding that no machine can decide about; nothing was changed for it.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Question">What to decide, and why that is left to people. May quote untrusted names: escape when printing.</param>
/// <param name="Options">What could be done, one clause each.</param>
public sealed record FixQuestion(Finding Finding, string Question, ImmutableArray<string> Options);
