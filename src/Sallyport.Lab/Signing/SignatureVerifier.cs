using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Signing;

/// <summary>Computes a request's signature from scratch and compares (AWS Signature Version 4: task 1 to 4).</summary>
internal static class SignatureVerifier
{
    /// <summary>Refuses a request whose signature the secret does not give.</summary>
    public static void Verify(HttpRequest request, ReadOnlySpan<byte> body, Signature signature, string timestamp, string secret)
    {
        if (!timestamp.StartsWith(signature.Date, StringComparison.Ordinal)) throw Refusals.SignatureDoesNotMatch();
        if (!signature.SignedHeaders.Contains("host")) throw Refusals.SignatureDoesNotMatch();
        var expected = Encoding.ASCII.GetBytes(Compute(request, body, signature, timestamp, secret));
        var actual = Encoding.UTF8.GetBytes(signature.Value);
        if (!CryptographicOperations.FixedTimeEquals(expected, actual)) throw Refusals.SignatureDoesNotMatch();
    }

    private static string Compute(HttpRequest request, ReadOnlySpan<byte> body, Signature signature, string timestamp, string secret)
    {
        var canonical = Canonical(request, body, signature);
        var scope = $"{signature.Date}/{signature.Region}/{signature.Service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), signature.Date);
        key = Hmac(key, signature.Region);
        key = Hmac(key, signature.Service);
        key = Hmac(key, "aws4_request");
        return Convert.ToHexStringLower(Hmac(key, toSign));
    }

    private static string Canonical(HttpRequest request, ReadOnlySpan<byte> body, Signature signature)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(request.Path.HasValue ? request.Path.ToUriComponent() : "/").Append('\n');
        var query = request.Query
            .Where(p => p.Key != "X-Amz-Signature")
            .SelectMany(p => p.Value.Select(v => (Name: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(v ?? string.Empty))))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal);
        text.AppendJoin('&', query.Select(p => $"{p.Name}={p.Value}")).Append('\n');
        foreach (var header in signature.SignedHeaders)
        {
            var values = request.Headers[header].Select(v => Collapse(v ?? string.Empty));
            text.Append(header).Append(':').AppendJoin(',', values).Append('\n');
        }

        text.Append('\n').AppendJoin(';', signature.SignedHeaders).Append('\n');
        return text.Append(PayloadHash(request, body, signature)).ToString();
    }

    private static string PayloadHash(HttpRequest request, ReadOnlySpan<byte> body, Signature signature)
    {
        var actual = Hash(body);
        var declared = request.Headers["x-amz-content-sha256"].ToString();
        if (declared.Length == 0) return actual;
        if (declared == "UNSIGNED-PAYLOAD" && signature.IsPresigned) return declared;
        return declared == actual ? actual : throw Refusals.SignatureDoesNotMatch();
    }

    private static string Collapse(string value)
    {
        var trimmed = value.Trim();
        while (trimmed.Contains("  ", StringComparison.Ordinal)) trimmed = trimmed.Replace("  ", " ", StringComparison.Ordinal);
        return trimmed;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
