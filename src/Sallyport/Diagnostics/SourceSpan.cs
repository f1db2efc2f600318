namespace Sallyport.Diagnostics;

/// <summary>A place in a file the user gave us.</summary>
/// <param name="File">Path as the user wrote it, or a name such as <c>&lt;stdin&gt;</c>.</param>
/// <param name="Line">1-based; 0 when only the file is known.</param>
/// <param name="Column">1-based, in characters; 0 when only the line is known.</param>
public sealed record SourceSpan(string File, int Line = 0, int Column = 0)
{
    /// <summary><c>file:line:column</c>, as compilers print it.</summary>
    public override string ToString() =>
        Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
}
