using System.Globalization;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <content>Numbers.</content>
internal static partial class HclFunctions
{
    private static HclFunction[] Numbers =>
    [
        new("abs", 1, 1, a => Of(a[0], Math.Abs)),
        new("ceil", 1, 1, a => Of(a[0], Math.Ceiling)),
        new("floor", 1, 1, a => Of(a[0], Math.Floor)),
        new("signum", 1, 1, a => Of(a[0], n => Math.Sign(n))),
        new("log", 2, 2, a => Of(a[0], a[1], Math.Log)),
        new("pow", 2, 2, a => Of(a[0], a[1], Math.Pow)),
        new("max", 1, int.MaxValue, a => NumbersOf(a) is { Count: > 0 } n ? new HclNumber(n.Max()) : null),
        new("min", 1, int.MaxValue, a => NumbersOf(a) is { Count: > 0 } n ? new HclNumber(n.Min()) : null),
        new("sum", 1, 1, a => a[0] is HclList list && NumbersOf(list.Items) is { Count: > 0 } n ? HclNumber.Of(n.Sum()) : null),
        new("parseint", 2, 2, a => TextOf(a[0]) is { } text && HclConversion.ToNumber(a[1]) is HclNumber { Value: >= 2 and <= 36 } radix ? ParseInt(text, (int)radix.Value) : null),
    ];

    private static HclNumber? Of(HclValue value, Func<double, double> body) =>
        HclConversion.ToNumber(value) is HclNumber number && body(number.Value) is var result && double.IsFinite(result) ? new HclNumber(result) : null;

    private static HclNumber? Of(HclValue x, HclValue y, Func<double, double, double> body) =>
        HclConversion.ToNumber(x) is HclNumber a && HclConversion.ToNumber(y) is HclNumber b && body(a.Value, b.Value) is var result && double.IsFinite(result)
            ? new HclNumber(result)
            : null;

    private static List<double>? NumbersOf(IReadOnlyList<HclValue> values)
    {
        var numbers = new List<double>(values.Count);
        foreach (var value in values)
        {
            if (HclConversion.ToNumber(value) is not HclNumber number) return null;
            numbers.Add(number.Value);
        }

        return numbers;
    }

    private static HclNumber? ParseInt(string text, int radix)
    {
        double value = 0;
        var digits = text.StartsWith('-') ? text[1..] : text;
        if (digits.Length == 0) return null;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLower(c, CultureInfo.InvariantCulture) - 'a' + 10 : radix;
            if (digit >= radix) return null;
            value = (value * radix) + digit;
        }

        return double.IsFinite(value) ? new HclNumber(text.StartsWith('-') ? -value : value) : null;
    }
}
