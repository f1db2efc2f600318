using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Parsing;

/// <content>Expressions, loosest operator first. <c>lines</c>: within brackets the end of a line is a space.</content>
internal sealed partial class HclParser
{
    private static readonly (string Sign, HclOperator Operator)[][] Levels =
    [
        [("||", HclOperator.Or)],
        [("&&", HclOperator.And)],
        [("==", HclOperator.Equal), ("!=", HclOperator.NotEqual)],
        [("<=", HclOperator.LessOrEqual), (">=", HclOperator.GreaterOrEqual), ("<", HclOperator.Less), (">", HclOperator.Greater)],
        [("+", HclOperator.Add), ("-", HclOperator.Subtract)],
        [("*", HclOperator.Multiply), ("/", HclOperator.Divide), ("%", HclOperator.Remainder)],
    ];

    private HclExpression Expression(bool lines = false)
    {
        using var level = Deeper();
        var condition = Binary(0, lines);
        SkipSpace(lines);
        if (_text.Current != '?') return condition;
        var at = _text.Position++;
        SkipSpace(lines);
        var then = Expression(lines);
        SkipSpace(lines);
        Expect(':');
        SkipSpace(lines);
        return new HclConditional(condition, then, Expression(lines), _text.At(at));
    }

    private HclExpression Binary(int loosest, bool lines)
    {
        if (loosest == Levels.Length) return Unary(lines);
        var left = Binary(loosest + 1, lines);
        var count = 0;
        while (true)
        {
            SkipSpace(lines);
            var at = _text.Position;
            if (OperatorAt(Levels[loosest]) is not { } found) return left;

            // A chain is as deep a tree as nesting is.
            if (++count > MaxDepth * 10) throw new HclSyntaxException(HclDiagnostics.TooDeep(MaxDepth * 10, _text.At(at)));
            _text.Position += found.Sign.Length;
            SkipSpace(lines);
            left = new HclBinary(found.Operator, left, Binary(loosest + 1, lines), _text.At(at));
        }
    }

    private (string Sign, HclOperator Operator)? OperatorAt((string Sign, HclOperator Operator)[] level)
    {
        foreach (var candidate in level)
        {
            if (_text.StartsWith(candidate.Sign)) return candidate;
        }

        return null;
    }

    private HclExpression Unary(bool lines)
    {
        var at = _text.Position;
        if (_text.Current is not ('-' or '!')) return Postfix(Term(), lines);
        using var level = Deeper();
        var operation = _text.Current == '-' ? HclOperator.Negate : HclOperator.Not;
        _text.Position++;
        SkipSpace(lines);
        return new HclUnary(operation, Unary(lines), _text.At(at));
    }

    /// <summary>Attributes, indexes and splats behind a term.</summary>
    private HclExpression Postfix(HclExpression of, bool lines)
    {
        for (var count = 0; ; count++)
        {
            if (count > MaxDepth) throw new HclSyntaxException(HclDiagnostics.TooDeep(MaxDepth, _text.At(_text.Position)));
            var before = _text.Position;
            SkipSpace(lines);
            var at = _text.Position;
            if (_text.Current == '.' && !_text.StartsWith("..."))
            {
                _text.Position++;
                SkipSpace(lines);
                if (_text.Current == '*')
                {
                    _text.Position++;

                    // The old splat goes over attributes only; an index behind it is of the result.
                    HclExpression each = new HclName(HclSplat.ElementName, _text.At(at));
                    while (_text.Current == '.' && IsIdentifierStart(_text.Following))
                    {
                        _text.Position++;
                        each = new HclAttributeOf(each, Identifier("an attribute"), _text.At(at));
                    }

                    of = new HclSplat(of, each, _text.At(at));
                }
                else if (char.IsAsciiDigit(_text.Current))
                {
                    var start = _text.Position;
                    while (char.IsAsciiDigit(_text.Current)) _text.Position++;
                    var number = double.Parse(_text.Slice(start, _text.Position), CultureInfo.InvariantCulture);
                    of = new HclIndex(of, new HclLiteral(HclNumber.Of(number), _text.At(start)), _text.At(at));
                }
                else
                {
                    of = new HclAttributeOf(of, Identifier("an attribute"), _text.At(at));
                }
            }
            else if (_text.Current == '[')
            {
                using var level = Deeper();
                _text.Position++;
                SkipSpace(lines: true);
                if (_text.Current == '*')
                {
                    _text.Position++;
                    SkipSpace(lines: true);
                    Expect(']');
                    of = new HclSplat(of, Postfix(new HclName(HclSplat.ElementName, _text.At(at)), lines), _text.At(at));
                }
                else
                {
                    var key = Expression(lines: true);
                    SkipSpace(lines: true);
                    Expect(']');
                    of = new HclIndex(of, key, _text.At(at));
                }
            }
            else
            {
                _text.Position = before;
                return of;
            }
        }
    }

    private HclExpression Term()
    {
        var at = _text.Position;
        var c = _text.Current;
        if (c == '"') return Quoted();
        if (c == '<' && _text.Following == '<') return Heredoc();
        if (char.IsAsciiDigit(c)) return Number();
        if (c == '[') return Tuple();
        if (c == '{') return Object();
        if (c == '(')
        {
            _text.Position++;
            SkipSpace(lines: true);
            var inner = Expression(lines: true);
            SkipSpace(lines: true);
            Expect(')');
            return inner;
        }

        var name = Identifier("a value");
        while (_text.StartsWith("::"))
        {
            _text.Position += 2;
            name += "::" + Identifier("the name of a function");
        }

        if (_text.Current == '(') return Call(name, at);
        return name switch
        {
            "true" => new HclLiteral(HclBool.Of(true), _text.At(at)),
            "false" => new HclLiteral(HclBool.Of(false), _text.At(at)),
            "null" => new HclLiteral(HclNull.Instance, _text.At(at)),
            _ => new HclName(name, _text.At(at)),
        };
    }

    private HclLiteral Number()
    {
        var start = _text.Position;
        while (char.IsAsciiDigit(_text.Current)) _text.Position++;
        if (_text.Current == '.' && char.IsAsciiDigit(_text.Following))
        {
            _text.Position++;
            while (char.IsAsciiDigit(_text.Current)) _text.Position++;
        }

        if (_text.Current is 'e' or 'E')
        {
            _text.Position++;
            if (_text.Current is '+' or '-') _text.Position++;
            if (!char.IsAsciiDigit(_text.Current)) throw Unexpected("an exponent");
            while (char.IsAsciiDigit(_text.Current)) _text.Position++;
        }

        if (IsIdentifierStart(_text.Current)) throw Unexpected("the end of the number");
        return new HclLiteral(HclNumber.Of(double.Parse(_text.Slice(start, _text.Position), CultureInfo.InvariantCulture)), _text.At(start));
    }

    private HclCall Call(string name, int at)
    {
        using var level = Deeper();
        _text.Position++;
        var arguments = ImmutableArray.CreateBuilder<HclExpression>();
        var isExpanded = false;
        SkipSpace(lines: true);
        while (_text.Current != ')')
        {
            if (isExpanded) throw Unexpected("\")\"");
            arguments.Add(Expression(lines: true));
            SkipSpace(lines: true);
            if (_text.StartsWith("..."))
            {
                isExpanded = true;
                _text.Position += 3;
                SkipSpace(lines: true);
            }

            if (_text.Current != ',') break;
            _text.Position++;
            SkipSpace(lines: true);
        }

        Expect(')');
        return new HclCall(name, arguments.ToImmutable(), isExpanded, _text.At(at));
    }

    private HclExpression Tuple()
    {
        using var level = Deeper();
        var at = _text.Position++;
        SkipSpace(lines: true);
        if (IsKeyword("for")) return For(at, ']');
        var items = ImmutableArray.CreateBuilder<HclExpression>();
        while (_text.Current != ']')
        {
            items.Add(Expression(lines: true));
            SkipSpace(lines: true);
            if (_text.Current != ',') break;
            _text.Position++;
            SkipSpace(lines: true);
        }

        if (_text.Current != ']') throw Unexpected("\",\" or \"]\"");
        _text.Position++;
        return new HclTuple(items.ToImmutable(), _text.At(at));
    }

    private HclExpression Object()
    {
        using var level = Deeper();
        var at = _text.Position++;
        SkipSpace(lines: true);
        if (IsKeyword("for")) return For(at, '}');
        var items = ImmutableArray.CreateBuilder<HclObjectItem>();
        while (_text.Current != '}')
        {
            // A bare word is text; in parentheses it is a name.
            var isName = _text.Current == '(';
            var key = Expression();
            if (key is HclName bare && !isName) key = new HclLiteral(new HclString(bare.Name), bare.At);
            SkipSpace();
            if (_text.Current is not ('=' or ':')) throw Unexpected("\"=\"");
            _text.Position++;
            SkipSpace(lines: true);
            items.Add(new HclObjectItem(key, Expression()));
            SkipSpace();
            if (_text.Current == ',') _text.Position++;
            else if (_text.Current is not ('\n' or '\r' or '}')) throw Unexpected("\",\", a new line or \"}\"");
            SkipSpace(lines: true);
        }

        _text.Position++;
        return new HclObject(items.ToImmutable(), _text.At(at));
    }

    private HclFor For(int at, char close)
    {
        _text.Position += "for".Length;
        SkipSpace(lines: true);
        var (keyName, valueName) = ForNames();
        if (!IsKeyword("in")) throw Unexpected("\"in\"");
        _text.Position += "in".Length;
        SkipSpace(lines: true);
        var collection = Expression(lines: true);
        SkipSpace(lines: true);
        Expect(':');
        SkipSpace(lines: true);
        HclExpression? key = null;
        var value = Expression(lines: true);
        SkipSpace(lines: true);
        if (close == '}')
        {
            if (!_text.StartsWith("=>")) throw Unexpected("\"=>\"");
            _text.Position += 2;
            SkipSpace(lines: true);
            key = value;
            value = Expression(lines: true);
            SkipSpace(lines: true);
        }

        var isGrouped = close == '}' && _text.StartsWith("...");
        if (isGrouped)
        {
            _text.Position += 3;
            SkipSpace(lines: true);
        }

        HclExpression? condition = null;
        if (IsKeyword("if"))
        {
            _text.Position += "if".Length;
            SkipSpace(lines: true);
            condition = Expression(lines: true);
            SkipSpace(lines: true);
        }

        Expect(close);
        return new HclFor(keyName, valueName, collection, key, value, condition, isGrouped, _text.At(at));
    }

    private (string? Key, string Value) ForNames()
    {
        var first = Identifier("a name");
        SkipSpace(lines: true);
        if (_text.Current != ',') return (null, first);
        _text.Position++;
        SkipSpace(lines: true);
        var second = Identifier("a name");
        SkipSpace(lines: true);
        return (first, second);
    }

    private bool IsKeyword(string word)
    {
        if (!_text.StartsWith(word)) return false;
        var end = _text.Position + word.Length;
        var before = _text.Position;
        _text.Position = end;
        var isWhole = !IsIdentifierPart(_text.Current);
        _text.Position = before;
        return isWhole;
    }

    private void Expect(char c)
    {
        if (_text.Current != c) throw Unexpected($"\"{c}\"");
        _text.Position++;
    }
}
