using System.Text;

namespace Sallyport.Lab.Wire;

/// <summary>
/// Decodes <c>a=b&amp;c=d</c> strictly: bad escapes, bytes that are not UTF-8, a name that comes twice and more parameters than
/// any sensible call has are refused rather than guessed at.
/// </summary>
internal static class QueryForm
{
    private const int MaxParameters = 50_000;
    private const int MaxNameLength = 512;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Name-value pairs in the order sent.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> form)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var buffer = new byte[form.Length];
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals], buffer);
            var value = equals < 0 ? string.Empty : Decode(pair[(equals + 1)..], buffer);
            if (name.Length is 0 or > MaxNameLength) throw Refusals.MalformedQueryString("The query string has a parameter without a sensible name.");
            if (!pairs.TryAdd(name, value)) throw Refusals.RepeatedParameter(name);
            if (pairs.Count > MaxParameters) throw Refusals.RequestTooLarge();
        }

        return pairs;
    }

    private static string Decode(ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                {
                    throw Refusals.MalformedQueryString("The query string contains a broken percent escape.");
                }

                b = Convert.FromHexString(Encoding.ASCII.GetString(text.Slice(i + 1, 2)))[0];
                i += 2;
            }
            else if (b == '+')
            {
                b = (byte)' ';
            }

            buffer[length++] = b;
        }

        try
        {
            return Strict.GetString(buffer[..length]);
        }
        catch (DecoderFallbackException)
        {
            throw Refusals.MalformedQueryString("The query string is not UTF-8.");
        }
    }
}
