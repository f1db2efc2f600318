using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Lab.Wire;

/// <summary>
/// A NextToken: the key after which the next page starts, bound to the action and the other parameters of the listing, so a
/// token of another request is refused and pages stay right while the listing changes.
/// </summary>
internal static class PageToken
{
    private const int DigestLength = 8;

    public static string Write(string listing, string lastKey)
    {
        var key = Encoding.UTF8.GetBytes(lastKey);
        return Convert.ToBase64String([.. Digest(listing, key), .. key]);
    }

    /// <summary>The last key of the page before, or a refusal.</summary>
    public static string Read(string listing, string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length) || length <= DigestLength) throw Refusals.InvalidNextToken();
        var key = bytes.AsSpan(DigestLength, length - DigestLength);
        if (!Digest(listing, key).SequenceEqual(bytes.AsSpan(0, DigestLength))) throw Refusals.InvalidNextToken();
        return Encoding.UTF8.GetString(key);
    }

    private static ReadOnlySpan<byte> Digest(string listing, ReadOnlySpan<byte> key)
    {
        var text = Encoding.UTF8.GetBytes(listing);
        return SHA256.HashData([.. text, 0, .. key]).AsSpan(0, DigestLength);
    }
}
