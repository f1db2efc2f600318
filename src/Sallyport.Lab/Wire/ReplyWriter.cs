using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Sallyport.Lab.Wire;

/// <summary>
/// Writes EC2's XML straight into the response pipe. Elements only: EC2 has no attribute but the namespace. Characters that
/// XML cannot hold (they come only from quoting a caller's text) become U+FFFD.
/// </summary>
internal sealed class ReplyWriter(PipeWriter output)
{
    private const int FlushAtBytes = 128 * 1024;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        "&<>\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015"
        + "\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\uFFFE\uFFFF");

    private int _unflushed;

    public void Open(string name)
    {
        Raw("<");
        Raw(name);
        Raw(">");
    }

    public void OpenRoot(string name, string? xmlNamespace)
    {
        Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<");
        Raw(name);
        if (xmlNamespace is not null) Raw($" xmlns=\"{xmlNamespace}\"");
        Raw(">");
    }

    public void Close(string name)
    {
        Raw("</");
        Raw(name);
        Raw(">");
    }

    /// <summary>An element with text; nothing when the text is null.</summary>
    public void Text(string name, string? value)
    {
        if (value is null) return;
        Open(name);
        Escaped(value);
        Close(name);
    }

    /// <summary>An element with text; nothing when the text is empty.</summary>
    public void TextIfAny(string name, string value)
    {
        if (value.Length > 0) Text(name, value);
    }

    public void Flag(string name, bool value) => Text(name, value ? "true" : "false");

    public void Number(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A list of structures.</summary>
    public void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        Open(name);
        foreach (var item in items)
        {
            Open("item");
            write(item);
            Close("item");
        }

        Close(name);
    }

    /// <summary>A list of texts.</summary>
    public void TextList(string name, IEnumerable<string> items)
    {
        Open(name);
        foreach (var item in items) Text("item", item);
        Close(name);
    }

    /// <summary>Sends what was written once it is worth sending, so a large answer never stands in memory whole.</summary>
    public async ValueTask FlushIfLargeAsync(CancellationToken cancellationToken)
    {
        if (_unflushed < FlushAtBytes) return;
        _unflushed = 0;
        await output.FlushAsync(cancellationToken);
    }

    private void Raw(ReadOnlySpan<char> text)
    {
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, span);
        output.Advance(written);
        _unflushed += written;
    }

    private void Escaped(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(Special);
            if (at < 0)
            {
                Raw(text);
                return;
            }

            Raw(text[..at]);
            Raw(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\t' => "&#9;",
                '\n' => "&#10;",
                '\r' => "&#13;",
                _ => "\uFFFD",
            });
            text = text[(at + 1)..];
        }
    }
}
