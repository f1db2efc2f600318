using Sallyport.Diagnostics;

namespace Sallyport.Patching;

/// <summary>A sentence beside a patch, which stands in it as a comment.</summary>
/// <param name="Text">The sentence. May quote untrusted names: escape when printing.</param>
/// <param name="At">The place that it is about; null for none.</param>
public sealed record PatchRemark(string Text, SourceSpan? At = null);
