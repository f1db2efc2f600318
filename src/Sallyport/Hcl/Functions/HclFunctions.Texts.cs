using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <content>Texts.</content>
internal static partial class HclFunctions
{
    private static HclFunction[] Texts =>
    [
        new("lower", 1, 1, a => Text(a[0], t => t.ToLowerInvariant())),
        new("upper", 1, 1, a => Text(a[0], t => t.ToUpperInvariant())),
        new("title", 1, 1, a => Text(a[0], Title)),
        new("trimspace", 1, 1, a => Text(a[0], t => t.Trim())),
        new("chomp", 1, 1, a => Text(a[0], t => t.TrimEnd('\r', '\n'))),
        new("trim", 2, 2, a => Text(a[0], a[1], (t, cut) => t.Trim(cut.ToCharArray()))),
        new("trimprefix", 2, 2, a => Text(a[0], a[1], (t, cut) => cut.Length > 0 && t.StartsWith(cut, StringComparison.Ordinal) ? t[cut.Length..] : t)),
        new("trimsuffix", 2, 2, a => Text(a[0], a[1], (t, cut) => cut.Length > 0 && t.EndsWith(cut, StringComparison.Ordinal) ? t[..^cut.Length] : t)),
        new("startswith", 2, 2, a => TextOf(a[0]) is { } t && TextOf(a[1]) is { } p ? HclBool.Of(t.StartsWith(p, StringComparison.Ordinal)) : null),
        new("endswith", 2, 2, a => TextOf(a[0]) is { } t && TextOf(a[1]) is { } p ? HclBool.Of(t.EndsWith(p, StringComparison.Ordinal)) : null),
        new("strcontains", 2, 2, a => TextOf(a[0]) is { } t && TextOf(a[1]) is { } p ? HclBool.Of(t.Contains(p, StringComparison.Ordinal)) : null),
        new("strrev", 1, 1, a => Text(a[0], t => string.Concat(t.EnumerateRunes().Reverse().Select(r => r.ToString())))),
        new("substr", 3, 3, a => TextOf(a[0]) is { } t && Whole(a[1]) is { } at && Whole(a[2]) is { } length ? Substring(t, at, length) : null),
        new("replace", 3, 3, a => TextOf(a[0]) is { } t && TextOf(a[1]) is { } what && TextOf(a[2]) is { } by ? Replace(t, what, by) : null),
        new("regex", 2, 2, a => TextOf(a[0]) is { } p && TextOf(a[1]) is { } t && Pattern(p) is { } r ? Match(r, r.Match(t)) : null),
        new("regexall", 2, 2, a => TextOf(a[0]) is { } p && TextOf(a[1]) is { } t && Pattern(p) is { } r ? new HclList([.. r.Matches(t).Select(m => Match(r, m)!)]) : null),
        new("split", 2, 2, a => TextOf(a[0]) is { } by && TextOf(a[1]) is { } t ? Split(by, t) : null),
        new("join", 2, int.MaxValue, a => TextOf(a[0]) is { } by && TextsOf(a.Skip(1)) is { } parts && parts.Sum(p => (long)p.Length + by.Length) <= LongestWork ? new HclString(string.Join(by, parts)) : null),
        new("indent", 2, 2, a => Whole(a[0]) is >= 0 and < 1000 and { } by && TextOf(a[1]) is { } t && t.AsSpan().Count('\n') * (long)by <= LongestWork ? new HclString(t.Replace("\n", "\n" + new string(' ', by), StringComparison.Ordinal)) : null),
        new("format", 1, int.MaxValue, a => TextOf(a[0]) is { } format ? HclFormat.Apply(format, [.. a.Skip(1)]) : null),
        new("formatlist", 1, int.MaxValue, FormatList),
    ];

    // Characters that a function may make before its result is measured; what makes more is left unknown.
    private const long LongestWork = 64 * 1024 * 1024;

    private static string? TextOf(HclValue value) => (HclConversion.ToText(value) as HclString)?.Value;

    private static int? Whole(HclValue value) =>
        HclConversion.ToNumber(value) is HclNumber number && number.Value == Math.Floor(number.Value) && Math.Abs(number.Value) < int.MaxValue ? (int)number.Value : null;

    private static HclString? Text(HclValue value, Func<string, string> body) => TextOf(value) is { } text ? new HclString(body(text)) : null;

    private static HclString? Text(HclValue value, HclValue other, Func<string, string, string> body) =>
        TextOf(value) is { } text && TextOf(other) is { } second ? new HclString(body(text, second)) : null;

    // Lists among the parts of join count item by item.
    private static List<string>? TextsOf(IEnumerable<HclValue> values)
    {
        var texts = new List<string>();
        foreach (var value in values)
        {
            if (value is not HclList list) return null;
            foreach (var item in list.Items)
            {
                if (TextOf(item) is not { } text) return null;
                texts.Add(text);
            }
        }

        return texts;
    }

    private static string Title(string text)
    {
        var result = new StringBuilder(text);
        for (var i = 0; i < result.Length; i++)
        {
            if (i == 0 || char.IsWhiteSpace(result[i - 1])) result[i] = char.ToUpper(result[i], CultureInfo.InvariantCulture);
        }

        return result.ToString();
    }

    private static HclString? Substring(string text, int at, int length)
    {
        if (at < 0) at += text.Length;
        if (at < 0) return null;
        at = Math.Min(at, text.Length);
        return new HclString(length < 0 ? text[at..] : text.Substring(at, Math.Min(length, text.Length - at)));
    }

    private static HclString? Replace(string text, string what, string by)
    {
        if (what.Length > 1 && what.StartsWith('/') && what.EndsWith('/'))
        {
            // $1 and ${name} mean the same in both languages.
            return (long)text.Length * by.Length > LongestWork ? null : Pattern(what[1..^1]) is { } pattern ? new HclString(pattern.Replace(text, by)) : null;
        }

        if (what.Length == 0) return null;
        return text.Length / what.Length * (long)by.Length > LongestWork ? null : new HclString(text.Replace(what, by, StringComparison.Ordinal));
    }

    private static HclList Split(string by, string text)
    {
        if (text.Length == 0) return new HclList([HclString.Empty]);
        var parts = by.Length == 0 ? [.. text.EnumerateRunes().Select(r => r.ToString())] : text.Split(by);
        return new HclList([.. parts.Select(p => (HclValue)new HclString(p))]);
    }

    private static Regex? Pattern(string pattern)
    {
        const int Longest = 10_000;
        if (pattern.Length > Longest) return null;
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static HclValue? Match(Regex pattern, Match match)
    {
        if (!match.Success) return null;
        var names = pattern.GetGroupNames();
        if (names.Length == 1) return new HclString(match.Value);
        var isNamed = names.Skip(1).All(n => !char.IsAsciiDigit(n[0]));
        return isNamed
            ? HclMap.Of(names.Skip(1).Select(n => new KeyValuePair<string, HclValue>(n, Captured(match.Groups[n]))))
            : new HclList([.. names.Skip(1).Select(n => Captured(match.Groups[n]))]);

        static HclValue Captured(Group group) => group.Success ? new HclString(group.Value) : HclNull.Instance;
    }

    private static HclList? FormatList(IReadOnlyList<HclValue> arguments)
    {
        if (TextOf(arguments[0]) is not { } format) return null;
        var lengths = arguments.Skip(1).OfType<HclList>().Select(l => l.Items.Length).Distinct().ToList();
        if (lengths.Count > 1) return null;
        var count = lengths.Count == 0 ? 1 : lengths[0];
        var items = ImmutableArray.CreateBuilder<HclValue>(count);
        for (var i = 0; i < count; i++)
        {
            if (HclFormat.Apply(format, [.. arguments.Skip(1).Select(a => a is HclList list ? list.Items[i] : a)]) is not { } item) return null;
            items.Add(item);
        }

        return new HclList(items.ToImmutable());
    }
}
