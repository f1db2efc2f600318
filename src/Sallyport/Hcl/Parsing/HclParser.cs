using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Hcl.Syntax;

namespace Sallyport.Hcl.Parsing;

/// <summary>
/// HCL's native syntax to a tree, without a lexer of its own: what a character means depends on whether it stands in a body, an
/// expression or a template, and the grammar knows. One error ends a file. Hostile text is bounded by <see cref="MaxLength"/>
/// and <see cref="MaxDepth"/>. (HCL native syntax specification, hashicorp/hcl: hclsyntax/spec.md)
/// </summary>
internal sealed partial class HclParser
{
    /// <summary>Characters of a file.</summary>
    public const int MaxLength = MegabytesAtMost * 1024 * 1024;

    /// <summary>Blocks, brackets, templates and operators within each other.</summary>
    public const int MaxDepth = 200;

    private const int MegabytesAtMost = 16;

    private readonly HclText _text;
    private int _depth;

    private HclParser(HclText text) => _text = text;

    /// <summary>Reads a file. On an error there is no body.</summary>
    public static Result<HclBody> Parse(string text, string file)
    {
        if (text.Length > MaxLength) return Result<HclBody>.Failed(HclDiagnostics.TooLong(MegabytesAtMost, new SourceSpan(file)));
        return Run(new HclText(text.StartsWith('\uFEFF') ? text[1..] : text, file), parser =>
        {
            var body = parser.Body(isBlock: false, isOneLine: false);
            return parser._text.IsAtEnd ? body : throw parser.Unexpected("an attribute or a block");
        });
    }

    /// <summary>Reads one expression, as variables on a command line hold one.</summary>
    public static Result<HclExpression> ParseExpression(string text, string file) => Run(new HclText(text, file), parser =>
    {
        parser.SkipSpace(lines: true);
        var expression = parser.Expression(lines: true);
        parser.SkipSpace(lines: true);
        return parser._text.IsAtEnd ? expression : throw parser.Unexpected("the end of the expression");
    });

    /// <summary>Reads the inside of a quoted template: in JSON every string is one.</summary>
    public static Result<HclExpression> ParseTemplate(string text, string file) => Run(new HclText(text, file), parser => parser.WholeTemplate());

    private static Result<T> Run<T>(HclText text, Func<HclParser, T> parse)
        where T : class
    {
        try
        {
            return new Result<T>(parse(new HclParser(text)), []);
        }
        catch (HclSyntaxException exception)
        {
            return Result<T>.Failed(exception.Diagnostic);
        }
    }

    // A block on one line holds one attribute at most.
    private HclBody Body(bool isBlock, bool isOneLine)
    {
        var start = _text.Position;
        var attributes = ImmutableArray.CreateBuilder<HclAttribute>();
        var blocks = ImmutableArray.CreateBuilder<HclBlock>();
        var names = new HashSet<string>();
        while (true)
        {
            SkipSpace(lines: !isOneLine);
            if (_text.IsAtEnd || (isBlock && _text.Current == '}')) break;
            if (isOneLine && names.Count > 0) throw Unexpected("\"}\"");
            var at = _text.Position;
            var name = Identifier("an attribute or a block");
            SkipSpace();
            if (_text.Current == '=' && _text.Following != '=')
            {
                _text.Position++;
                SkipSpace();
                if (!names.Add(name)) throw Fail($"the attribute \"{name}\" is given twice in one body", at);
                var value = Expression();
                attributes.Add(new HclAttribute(name, value, _text.At(at)) { End = _text.At(_text.Position) });
            }
            else
            {
                if (isOneLine) throw Fail("a block on one line can only hold an attribute", at);
                blocks.Add(Block(name, at));
            }

            if (!isOneLine) EndLine();
        }

        return new HclBody(attributes.ToImmutable(), blocks.ToImmutable(), _text.At(start));
    }

    private HclBlock Block(string type, int at)
    {
        var labels = ImmutableArray.CreateBuilder<string>();
        while (_text.Current != '{')
        {
            if (_text.Current == '"') labels.Add(Label());
            else if (IsIdentifierStart(_text.Current)) labels.Add(Identifier("a label"));
            else throw Unexpected($"\"=\" or the body of the block \"{type}\"");
            SkipSpace();
        }

        using var level = Deeper();
        var open = _text.Position++;
        SkipSpace();
        var body = Body(isBlock: true, isOneLine: _text.Current is not ('\n' or '\r'));
        if (_text.Current != '}') throw Fail($"the block \"{type}\" that opens here is never closed", open);
        _text.Position++;
        return new HclBlock(type, labels.ToImmutable(), body, _text.At(at)) { End = _text.At(_text.Position) };
    }

    private string Label()
    {
        var at = _text.Position;
        return Quoted() switch
        {
            HclLiteral { Value: Values.HclString text } => text.Value,
            _ => throw Fail("a label cannot hold an interpolation", at),
        };
    }

    private void EndLine()
    {
        SkipSpace();
        if (_text.IsAtEnd) return;
        if (_text.Current is not ('\n' or '\r')) throw Unexpected("the end of the line");
    }

    /// <summary>Skips spaces and comments; ends of lines too when <paramref name="lines"/>. A line comment's end of line stays.</summary>
    private void SkipSpace(bool lines = false)
    {
        while (!_text.IsAtEnd)
        {
            var c = _text.Current;
            if (c is ' ' or '\t' || (lines && c is '\n' or '\r') || (c == '\r' && _text.Following != '\n'))
            {
                if (c is '\n' or '\r' && !lines) return;
                _text.Position++;
            }
            else if (c == '#' || (c == '/' && _text.Following == '/'))
            {
                _text.Position = _text.EndOfLine;
            }
            else if (c == '/' && _text.Following == '*')
            {
                var open = _text.Position;
                _text.Position += 2;
                while (!_text.StartsWith("*/"))
                {
                    if (_text.IsAtEnd) throw Fail("the comment that opens here is never closed", open);
                    _text.Position++;
                }

                _text.Position += 2;
            }
            else
            {
                return;
            }
        }
    }

    private string Identifier(string expected)
    {
        var start = _text.Position;
        if (!IsIdentifierStart(_text.Current)) throw Unexpected(expected);
        while (IsIdentifierPart(_text.Current)) _text.Position++;
        return _text.Slice(start, _text.Position);
    }

    private static bool IsIdentifierStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsIdentifierPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';

    private Level Deeper()
    {
        if (++_depth > MaxDepth) throw new HclSyntaxException(HclDiagnostics.TooDeep(MaxDepth, _text.At(_text.Position)));
        return new Level(this);
    }

    private HclSyntaxException Fail(string problem, int position) => new(HclDiagnostics.Syntax(problem, _text.At(position)));

    private HclSyntaxException Unexpected(string expected)
    {
        var found = _text.IsAtEnd ? "the file ends" : _text.Current is '\n' or '\r' ? "the line ends" : $"there is \"{_text.Current}\"";
        return Fail($"{expected} was expected, but {found}", _text.Position);
    }

    private readonly ref struct Level(HclParser parser)
    {
        public void Dispose() => parser._depth--;
    }
}
