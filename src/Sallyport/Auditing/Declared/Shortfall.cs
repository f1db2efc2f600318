using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Auditing.Declared;

/// <summary>Something a declared connection lacks, or that cannot be told of it.</summary>
/// <param name="Group">The group to mend, or nearest to what is to be mended.</param>
/// <param name="Text">For a lack one sentence without a full stop; else one clause that says what was not read.</param>
/// <param name="IsUnknown">True when something that was not read decides.</param>
/// <param name="At">Where the connection is declared.</param>
internal sealed record Shortfall(SecurityGroupId Group, string Text, bool IsUnknown, SourceSpan? At);
