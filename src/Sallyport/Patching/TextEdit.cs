using System.Text;

namespace Sallyport.Patching;

/// <summary>A piece of a text in place of another.</summary>
/// <param name="Start">First character that goes.</param>
/// <param name="Length">Number of characters that go; 0 only adds.</param>
/// <param name="Text">What comes.</param>
public readonly record struct TextEdit(int Start, int Length, string Text)
{
    /// <summary>After the last character that goes.</summary>
    public int End => Start + Length;

    /// <summary>Makes edits, which are in order and do not overlap.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var edit in edits)
        {
            result.Append(text, at, edit.Start - at).Append(edit.Text);
            at = edit.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
