using System.Collections.Immutable;

namespace Sallyport.Patching;

/// <summary>Edits of one text as they come up. Deletions come first; what is added where something went takes its place.</summary>
internal sealed class EditList(CodeText text)
{
    private readonly List<TextEdit> _edits = [];

    /// <summary>The edits in order.</summary>
    public ImmutableArray<TextEdit> InOrder => [.. _edits.OrderBy(e => e.Start).ThenBy(e => e.Length)];

    /// <summary>Adds an edit that no other one touches.</summary>
    public void Add(TextEdit edit) => _edits.Add(edit);

    /// <summary>True when all of a range goes.</summary>
    public bool IsGone(int start, int end) => DeletionOf(start, end) >= 0;

    /// <summary>Puts a deletion in the place of those that it touches.</summary>
    public void Widen(int start, int end)
    {
        _edits.RemoveAll(e => e.Start < end && start < e.End);
        _edits.Add(new TextEdit(start, end - start, string.Empty));
    }

    /// <summary>Takes a range back that was to go; false when it was not.</summary>
    public bool TakeBack(int start, int length) => _edits.Remove(new TextEdit(start, length, string.Empty));

    /// <summary>Adds lines, each after an end of line, behind what ends at a position; where that goes, in its place.</summary>
    public void InsertAfter(int position, string lines)
    {
        var over = _edits.FindIndex(e => e.Length > 0 && e.Start <= position && position < e.End);
        if (over >= 0)
        {
            var edit = _edits[over];
            var isWholeLines = edit.End > 0 && (edit.End == text.Text.Length || text.Text[edit.End - 1] == '\n');

            // The first takes the place of what went, with the blank line that went along; between two of them stands what each brings.
            var lead = edit.Text.Length > 0 ? lines[(lines.IndexOf('\n', StringComparison.Ordinal) + 1)..] : StartsBlank(edit) ? text.NewLine + lines.TrimStart('\r', '\n') : lines.TrimStart('\r', '\n');
            _edits[over] = edit with { Text = edit.Text + (isWholeLines ? lead + text.NewLine : lines) };
            return;
        }

        var same = _edits.FindIndex(e => e.Start == position && e.Length == 0);
        if (same < 0) _edits.Add(new TextEdit(position, 0, lines));
        else _edits[same] = _edits[same] with { Text = _edits[same].Text + lines };
    }

    /// <summary>Puts a line in the place of lines that go, before whatever else comes there.</summary>
    /// <param name="start">First character of what goes.</param>
    /// <param name="end">After its last character.</param>
    /// <param name="line">The line, without an end.</param>
    public void Replace(int start, int end, string line)
    {
        var over = DeletionOf(start, end);
        var edit = _edits[over];
        var lead = text.LineStart(start) > edit.Start ? text.NewLine : string.Empty;
        _edits[over] = edit with { Text = $"{lead}{line}{text.NewLine}{edit.Text}" };
    }

    private bool StartsBlank(TextEdit edit) => text.Text.AsSpan(edit.Start, text.NextLine(edit.Start) - edit.Start).IsWhiteSpace();

    private int DeletionOf(int start, int end) => _edits.FindIndex(e => e.Length > 0 && e.Start <= start && end <= e.End);
}
