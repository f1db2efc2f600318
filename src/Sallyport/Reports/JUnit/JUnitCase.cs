using Sallyport.Diagnostics;

namespace Sallyport.Reports.JUnit;

/// <summary>One test case.</summary>
/// <param name="Class">The rule's id, or the thing that was to be read.</param>
/// <param name="Name">The resource.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Type">A word for the kind of failure: the severity, <c>unknown</c> or <c>not-read</c>.</param>
/// <param name="Message">One line.</param>
/// <param name="Body">Further lines, already safe to print; empty when there are none.</param>
/// <param name="At">Where a file declares it; null for none.</param>
internal sealed record JUnitCase(string Class, string Name, JUnitOutcome Outcome, string Type = "", string Message = "", string Body = "", SourceSpan? At = null);
