using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Parsing;

/// <content>Quoted text, heredocs, interpolations and directives.</content>
internal sealed partial class HclParser
{
    private enum Ending
    {
        Quote,
        Text,
        Else,
        EndIf,
        EndFor,
    }

    private HclExpression Quoted()
    {
        using var level = Deeper();
        var at = _text.Position++;
        var template = Parts(isQuoted: true, at, out var ending);
        if (ending != Ending.Quote) throw Fail("a directive in this text is never opened", at);
        return Simplify(template);
    }

    private HclExpression WholeTemplate()
    {
        var template = Parts(isQuoted: false, 0, out var ending);
        if (ending != Ending.Text) throw Fail("a directive in this text is never opened", 0);
        return Simplify(template);
    }

    // "${x}" alone is x itself, whatever its type; text without interpolation is a literal.
    private static HclExpression Simplify(HclTemplate template) => template.Parts switch
    {
        [] => new HclLiteral(HclString.Empty, template.At),
        [HclLiteral { Value: HclString } or not (HclLiteral or HclTemplateIf or HclTemplateFor)] => template.Parts[0],
        _ => template,
    };

    /// <summary>Parts up to the closing quote, the end of the text, or a directive that ends the part this belongs to.</summary>
    private HclTemplate Parts(bool isQuoted, int open, out Ending ending)
    {
        var start = _text.Position;
        var parts = ImmutableArray.CreateBuilder<HclExpression>();
        var literal = new StringBuilder();
        var literalAt = start;
        var isStripping = false;
        while (true)
        {
            var c = _text.Current;
            if (_text.IsAtEnd)
            {
                if (isQuoted) throw Fail("the text that opens here is never closed", open);
                ending = Ending.Text;
                break;
            }

            if (isQuoted && c == '"')
            {
                _text.Position++;
                ending = Ending.Quote;
                break;
            }

            if (isQuoted && c is '\n') throw Fail("the text that opens here does not end on its line", open);
            if (c is '$' or '%' && _text.Following == c && Third() == '{')
            {
                literal.Append(c).Append('{');
                _text.Position += 3;
                isStripping = false;
            }
            else if (c is '$' or '%' && _text.Following == '{')
            {
                var sequence = _text.Position;
                _text.Position += 2;
                if (_text.Current == '~')
                {
                    _text.Position++;
                    TrimEnd(literal, isQuoted);
                }

                Flush();
                SkipSpace(lines: true);
                var part = c == '$' ? Expression(lines: true) : Directive(isQuoted, sequence);
                if (part is null)
                {
                    ending = _endedBy;
                    return new HclTemplate(parts.ToImmutable(), _text.At(start));
                }

                parts.Add(part);
                isStripping = c == '$' && EndSequence();
                literalAt = _text.Position;
            }
            else if (isQuoted && c == '\\')
            {
                Escape(literal);
                isStripping = false;
            }
            else
            {
                if (!isStripping || !char.IsWhiteSpace(c))
                {
                    isStripping = false;
                    literal.Append(c);
                }
                else if (c == '\n' && !isQuoted)
                {
                    isStripping = false;
                }

                _text.Position++;
            }
        }

        Flush();
        return new HclTemplate(parts.ToImmutable(), _text.At(start));

        void Flush()
        {
            if (literal.Length == 0) return;
            parts.Add(new HclLiteral(new HclString(literal.ToString()), _text.At(literalAt)));
            literal.Clear();
        }
    }

    private Ending _endedBy;

    /// <summary>One directive with everything up to its end; null when it ends what is being read (<see cref="_endedBy"/>).</summary>
    private HclExpression? Directive(bool isQuoted, int at)
    {
        using var level = Deeper();
        var word = Identifier("a directive");
        SkipSpace(lines: true);
        switch (word)
        {
            case "if":
                var condition = Expression(lines: true);
                EndDirective();
                var then = Parts(isQuoted, at, out var ending);
                var otherwise = new HclTemplate([], _text.At(at));
                if (ending == Ending.Else) otherwise = Parts(isQuoted, at, out ending);
                if (ending != Ending.EndIf) throw Fail("the \"if\" that opens here has no \"endif\"", at);
                return new HclTemplateIf(condition, then, otherwise, _text.At(at));
            case "for":
                var (key, value) = ForNames();
                if (!IsKeyword("in")) throw Unexpected("\"in\"");
                _text.Position += "in".Length;
                SkipSpace(lines: true);
                var collection = Expression(lines: true);
                EndDirective();
                var body = Parts(isQuoted, at, out ending);
                if (ending != Ending.EndFor) throw Fail("the \"for\" that opens here has no \"endfor\"", at);
                return new HclTemplateFor(key, value, collection, body, _text.At(at));
            case "else" or "endif" or "endfor":
                _endedBy = word switch { "else" => Ending.Else, "endif" => Ending.EndIf, _ => Ending.EndFor };
                EndDirective();
                return null;
            default:
                throw Fail($"there is no directive \"{word}\"", at);
        }
    }

    // What a directive trims behind it belongs to the part that it opens or to the one around it: it is taken at once, to the end of its line.
    private void EndDirective()
    {
        if (!EndSequence()) return;
        while (char.IsWhiteSpace(_text.Current))
        {
            if (_text.Current == '\n')
            {
                _text.Position++;
                return;
            }

            _text.Position++;
        }
    }

    /// <summary>Reads the closing brace; true when it trims the space behind it.</summary>
    private bool EndSequence()
    {
        SkipSpace(lines: true);
        var strips = _text.Current == '~';
        if (strips) _text.Position++;
        Expect('}');
        return strips;
    }

    private char Third()
    {
        _text.Position++;
        var third = _text.Following;
        _text.Position--;
        return third;
    }

    // Outside quotes every line is a piece of its own, and only the nearest piece is trimmed.
    private static void TrimEnd(StringBuilder literal, bool isQuoted)
    {
        var end = literal.Length;
        while (literal.Length > 0 && char.IsWhiteSpace(literal[^1]) && (isQuoted || literal.Length == end || literal[^1] != '\n')) literal.Length--;
    }

    private void Escape(StringBuilder literal)
    {
        var at = _text.Position;
        _text.Position++;
        var c = _text.Current;
        _text.Position++;
        switch (c)
        {
            case 'n': literal.Append('\n'); break;
            case 'r': literal.Append('\r'); break;
            case 't': literal.Append('\t'); break;
            case '"': literal.Append('"'); break;
            case '\\': literal.Append('\\'); break;
            case 'u': literal.Append(CodePoint(4, at)); break;
            case 'U': literal.Append(CodePoint(8, at)); break;
            default: throw Fail($"there is no escape \"\\{c}\"", at);
        }
    }

    private string CodePoint(int digits, int at)
    {
        var start = _text.Position;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(_text.Current)) throw Fail($"this escape needs {digits} hexadecimal digits", at);
            _text.Position++;
        }

        var code = int.Parse(_text.Slice(start, _text.Position), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (code is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF)) throw Fail("this escape is no character", at);
        return char.ConvertFromUtf32(code);
    }

    /// <summary><c>&lt;&lt;WORD</c> or, with the common indentation taken off, <c>&lt;&lt;-WORD</c>.</summary>
    private HclExpression Heredoc()
    {
        using var level = Deeper();
        var open = _text.Position;
        _text.Position += 2;
        var isIndented = _text.Current == '-';
        if (isIndented) _text.Position++;
        var word = Identifier("the word that ends the heredoc");
        if (_text.Current == '\r') _text.Position++;
        if (_text.Current != '\n') throw Unexpected("a new line");
        _text.Position++;
        var start = _text.Position;
        var lines = new List<string>();
        while (true)
        {
            if (_text.IsAtEnd) throw Fail($"the heredoc that opens here has no line \"{word}\"", open);
            var end = _text.EndOfLine;
            var line = _text.Slice(_text.Position, end).TrimEnd('\r');
            if (line.Trim() == word)
            {
                // The end of the line stays: the attribute that the heredoc belongs to ends there.
                _text.Position += line.Length;
                break;
            }

            lines.Add(line);
            _text.Position = end;
            if (!_text.IsAtEnd) _text.Position++;
        }

        // A line that begins with a sequence that trims what stands before it has no indentation left to measure.
        if (lines.Exists(l => l.TrimStart(' ', '\t') is ['%' or '$', '{', '~', ..])) isIndented = false;
        var taken = isIndented ? lines.Where(l => l.Trim().Length > 0).Select(l => l.Length - l.TrimStart(' ', '\t').Length).DefaultIfEmpty(0).Min() : 0;
        var content = string.Concat(lines.Select(l => (l.Length >= taken ? l[taken..] : l.TrimStart(' ', '\t')) + "\n"));
        var first = _text.At(start);
        return new HclParser(new HclText(content, first.File, first.Line - 1, taken)) { _depth = _depth }.WholeTemplate();
    }
}
