using System.Globalization;
using System.Text;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <summary>Terraform's <c>format</c>: <c>%s %d %f %t %v %q %x %X %o %b %e %g %%</c> with flags, width and precision.</summary>
internal static class HclFormat
{
    private const int WidestField = 10_000;

    /// <summary>The text; null when a value does not fit its verb or one is missing.</summary>
    public static HclValue? Apply(string format, IReadOnlyList<HclValue> values)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            if (++i >= format.Length) return null;
            if (format[i] == '%')
            {
                text.Append('%');
                continue;
            }

            var start = i;
            while (i < format.Length && format[i] is '-' or '+' or ' ' or '0' or '#') i++;
            var flags = format[start..i];
            var width = Number(format, ref i);
            int? precision = null;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                precision = Number(format, ref i) ?? 0;
            }

            if (i < format.Length && format[i] == '[')
            {
                var close = format.IndexOf(']', i);
                if (close < 0 || !int.TryParse(format.AsSpan(i + 1, close - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) || chosen < 1) return null;
                next = chosen - 1;
                i = close + 1;
            }

            if (i >= format.Length || next >= values.Count || width > WidestField || precision > WidestField) return null;
            if (One(format[i], flags, precision, values[next++]) is not { } piece) return null;
            text.Append(Pad(piece, flags, width ?? 0, format[i]));
            if (text.Length > HclBudget.LongestText) return new HclUnknown("the text is too long to work out");
        }

        return new HclString(text.ToString());
    }

    private static int? Number(string format, ref int i)
    {
        var start = i;
        while (i < format.Length && char.IsAsciiDigit(format[i])) i++;
        return i == start ? null : int.TryParse(format.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }

    private static string? One(char verb, string flags, int? precision, HclValue value)
    {
        switch (verb)
        {
            case 's' or 'q':
                if (HclConversion.ToText(value) is not HclString text) return null;
                var cut = precision is { } most && most < text.Value.Length ? text.Value[..most] : text.Value;
                return verb == 's' ? cut : HclJson.Write(new HclString(cut));
            case 'v':
                return value switch
                {
                    HclString plain => plain.Value,
                    HclUnknown => null,
                    _ when value.IsWhollyKnown => HclJson.Write(value),
                    _ => null,
                };
            case 't':
                return HclConversion.ToBool(value) is HclBool truth ? (truth.Value ? "true" : "false") : null;
        }

        if (HclConversion.ToNumber(value) is not HclNumber { Value: var number }) return null;
        var whole = (long)number;
        var digits = verb switch
        {
            'd' => whole.ToString(CultureInfo.InvariantCulture),
            'x' => whole.ToString("x", CultureInfo.InvariantCulture),
            'X' => whole.ToString("X", CultureInfo.InvariantCulture),
            'o' => Convert.ToString(whole, 8),
            'b' => Convert.ToString(whole, 2),
            'f' => number.ToString($"F{precision ?? 6}", CultureInfo.InvariantCulture),
            'e' => number.ToString($"0.{new string('0', precision ?? 6)}e+00", CultureInfo.InvariantCulture),
            'g' => number.ToString("R", CultureInfo.InvariantCulture),
            _ => null,
        };
        return digits is not null && number >= 0 && flags.Contains('+', StringComparison.Ordinal) ? "+" + digits : digits;
    }

    private static string Pad(string piece, string flags, int width, char verb)
    {
        if (flags.Contains('-', StringComparison.Ordinal)) return piece.PadRight(width);
        if (!flags.Contains('0', StringComparison.Ordinal) || verb is 's' or 'q' or 'v' or 't') return piece.PadLeft(width);
        var sign = piece.StartsWith('-') || piece.StartsWith('+') ? piece[..1] : string.Empty;
        return sign + piece[sign.Length..].PadLeft(Math.Max(0, width - sign.Length), '0');
    }
}
