namespace Sallyport.Diagnostics;

/// <summary>Something the user can fix, with a stable code. Bugs are exceptions, never diagnostics.</summary>
/// <param name="Code"><c>SPDnnnn</c>; the ranges are listed in docs/diagnostics.md and never reused.</param>
/// <param name="Severity">Whether the input is still usable.</param>
/// <param name="Message">One sentence: what is wrong and, where we know it, what to do. May quote untrusted text: escape when printing.</param>
/// <param name="At">Where; null when no place can be named.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, SourceSpan? At = null)
{
    /// <summary><c>file:line:column: error SPD1004: message</c>.</summary>
    public override string ToString()
    {
        var severity = Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };
        return At is null ? $"{severity} {Code}: {Message}" : $"{At}: {severity} {Code}: {Message}";
    }
}
