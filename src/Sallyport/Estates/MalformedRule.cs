using Sallyport.Diagnostics;

namespace Sallyport.Estates;

/// <summary>A rule of the input that EC2 would not take; it allows nothing in the estate and leaves a gap on its group.</summary>
/// <param name="Direction">Which list it stood in.</param>
/// <param name="Problem">A clause: what is wrong.</param>
/// <param name="At">Where it stands.</param>
public sealed record MalformedRule(Direction Direction, string Problem, SourceSpan? At);
