using System.Collections.Immutable;

namespace Sallyport.Patching;

/// <summary>One file before and after.</summary>
/// <param name="Path">As the source named it.</param>
/// <param name="Text">As it is.</param>
/// <param name="Edits">In order, none touching another.</param>
public sealed record PatchedFile(string Path, string Text, ImmutableArray<TextEdit> Edits)
{
    /// <summary>The text with every edit made.</summary>
    public string After => TextEdit.Apply(Text, Edits);
}
