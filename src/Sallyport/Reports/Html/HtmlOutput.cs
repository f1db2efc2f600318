using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Html;

/// <summary>
/// Markup in, with every hole of an interpolated string escaped: <c>html.Write($"&lt;td&gt;{name}&lt;/td&gt;")</c> is safe whatever
/// the name holds, in text and in double-quoted attributes. There is no way to write a string as markup but <see cref="Trusted"/>.
/// </summary>
internal sealed class HtmlOutput(TextWriter writer)
{
    /// <summary>Writes markup; its holes are text.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The handler is made from this object and has written when it gets here.")]
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup) => _ = markup;

    /// <summary>Writes text as it is. Only for what this assembly carries itself.</summary>
    public void Trusted(string markup) => writer.Write(markup);

    /// <summary>What a person would otherwise not see, or see in the wrong order, made visible; then the five characters of markup.</summary>
    private void Escape(string text)
    {
        var rest = TerminalText.Escape(text).AsSpan();
        while (rest.IndexOfAny("&<>\"'") is >= 0 and var at)
        {
            writer.Write(rest[..at]);
            writer.Write(rest[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&#39;" });
            rest = rest[(at + 1)..];
        }

        writer.Write(rest);
    }

    /// <summary>An interpolated string on its way out.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly HtmlOutput _output;

        /// <summary>Called by the compiler.</summary>
        public Markup(int literalLength, int formattedCount, HtmlOutput output)
        {
            _ = literalLength + formattedCount;
            _output = output;
        }

        /// <summary>Markup of our own.</summary>
        public void AppendLiteral(string markup) => _output.Trusted(markup);

        /// <summary>Text, escaped; null is nothing.</summary>
        public void AppendFormatted(string? text)
        {
            if (text is not null) _output.Escape(text);
        }

        /// <summary>A number, for attributes and text alike.</summary>
        public void AppendFormatted(int number) => _output.Trusted(number.ToString(CultureInfo.InvariantCulture));
    }
}
