namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>
/// Whether a metric filter counts an API call: the JSON form of CloudWatch Logs' filter syntax,
/// <c>{ ($.eventName = A) || ($.eventName = B) }</c>, in three-valued logic. Null where it depends on what differs from call to call,
/// and for every other form that names the call.
/// </summary>
internal sealed class FilterPattern
{
    private const int MaxDepth = 100;

    private readonly string _text;
    private readonly ApiCall _call;
    private int _at;
    private int _depth;
    private bool _isBroken;

    private FilterPattern(string text, ApiCall call) => (_text, _call) = (text, call);

    /// <summary>True when every such call is counted, false when none is, null when that is not known.</summary>
    public static bool? Matches(string pattern, ApiCall call)
    {
        var text = pattern.Trim();
        if (!text.StartsWith('{')) return text.Length == 0 || text.Contains(call.Name, StringComparison.Ordinal) ? null : false;
        var parser = new FilterPattern(text, call) { _at = 1 };
        var result = parser.Either();
        parser.Expect('}');
        if (!parser._isBroken && parser.IsAtEnd) return result;
        return text.Contains(call.Name, StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal) ? null : false;
    }

    private bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return _at == _text.Length;
        }
    }

    private bool? Either()
    {
        var result = Both();
        while (Take("||"))
        {
            var next = Both();
            result = result == true || next == true ? true : result is null || next is null ? null : false;
        }

        return result;
    }

    private bool? Both()
    {
        var result = One();
        while (Take("&&"))
        {
            var next = One();
            result = result == false || next == false ? false : result is null || next is null ? null : true;
        }

        return result;
    }

    private bool? One()
    {
        if (_isBroken) return null;
        if (!Take("(")) return Condition();
        if (++_depth > MaxDepth) return Break();
        var result = Either();
        Expect(')');
        _depth--;
        return result;
    }

    private bool? Condition()
    {
        if (!Take("$.")) return Break();
        var field = _call.Field(Word());
        if (Take("!=")) return Compare(field, Value(), isNegated: true);
        if (Take("=")) return Compare(field, Value(), isNegated: false);
        if (TakeWord("NOT") && TakeWord("EXISTS")) return field.IsKnown ? field.Text is null : null;
        if (TakeWord("EXISTS")) return field.IsKnown ? field.Text is not null : null;
        if (TakeWord("IS"))
        {
            var word = Word().ToUpperInvariant();
            return word switch
            {
                "NULL" => field.IsKnown && field.Text is not null ? false : null,
                "TRUE" => Compare(field, ("true", false), isNegated: false),
                "FALSE" => Compare(field, ("false", false), isNegated: false),
                _ => Break(),
            };
        }

        return Break();
    }

    private static bool? Compare(RecordField field, (string Text, bool IsPattern) value, bool isNegated)
    {
        // A comparison with a field that is not there matches nothing, whichever way it is put.
        if (!field.IsKnown || value.IsPattern) return null;
        if (field.Text is null) return false;
        return WildcardText.Matches(value.Text, field.Text) != isNegated;
    }

    private (string Text, bool IsPattern) Value()
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] is '"' or '%')
        {
            var quote = _text[_at];
            var end = _text.IndexOf(quote, _at + 1);
            if (end < 0)
            {
                Break();
                return (string.Empty, true);
            }

            var quoted = _text[(_at + 1)..end];
            _at = end + 1;
            return (quoted, quote == '%');
        }

        return (Word(), false);
    }

    private string Word()
    {
        SkipSpace();
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('(' or ')' or '{' or '}' or '=' or '!' or '&' or '|' or '"' or '<' or '>')) _at++;
        if (_at == start) Break();
        return _text[start.._at];
    }

    private bool Take(string token)
    {
        SkipSpace();
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0) return false;
        _at += token.Length;
        return true;
    }

    private bool TakeWord(string word)
    {
        SkipSpace();
        if (string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0) return false;
        _at += word.Length;
        return true;
    }

    private void Expect(char token)
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] == token) _at++;
        else Break();
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private bool? Break()
    {
        _isBroken = true;
        _at = _text.Length;
        return null;
    }
}
