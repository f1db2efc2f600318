namespace Sallyport.Lab.Wire;

/// <summary>
/// A filter value: <c>*</c> is any run of characters, <c>?</c> exactly one, a backslash takes the next character as it is;
/// case-sensitive (EC2 user guide: Using Filtering). Matching is linear in practice: one backtrack point, no recursion.
/// </summary>
internal sealed class WildcardPattern
{
    private const char AnyRun = '\uE000';
    private const char AnyOne = '\uE001';
    private readonly string _pattern;
    private readonly bool _isLiteral;

    public WildcardPattern(string text)
    {
        Text = text;
        var pattern = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) pattern.Append(text[++i]);
            else pattern.Append(text[i] switch { '*' => AnyRun, '?' => AnyOne, var c => c });
        }

        _pattern = pattern.ToString();
        _isLiteral = _pattern.AsSpan().IndexOfAny(AnyRun, AnyOne) < 0;
    }

    /// <summary>As the caller wrote it.</summary>
    public string Text { get; }

    /// <summary>The one value it matches; null when it has wildcards.</summary>
    public string? Literal => _isLiteral ? _pattern : null;

    public bool Matches(string value)
    {
        if (_isLiteral) return value == _pattern;
        var (v, p, star, resume) = (0, 0, -1, 0);
        while (v < value.Length)
        {
            if (p < _pattern.Length && _pattern[p] == AnyRun)
            {
                star = p++;
                resume = v;
            }
            else if (p < _pattern.Length && (_pattern[p] == AnyOne || _pattern[p] == value[v]))
            {
                p++;
                v++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                v = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < _pattern.Length && _pattern[p] == AnyRun) p++;
        return p == _pattern.Length;
    }
}
