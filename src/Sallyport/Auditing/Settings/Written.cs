using Sallyport.Diagnostics;

namespace Sallyport.Auditing.Settings;

/// <summary>A text somebody wrote and the place they wrote it.</summary>
/// <param name="Text">As written.</param>
/// <param name="At">Null for a command line.</param>
public sealed record Written(string Text, SourceSpan? At = null);
