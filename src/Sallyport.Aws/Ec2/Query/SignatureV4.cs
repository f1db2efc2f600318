using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// AWS Signature Version 4 in headers. Ours because AWSSDK.Core's signer takes its own pipeline's request type; a test compares
/// it with botocore's.
/// </summary>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>
    /// The headers that authenticate a request: <c>X-Amz-Date</c>, <c>X-Amz-Security-Token</c> with temporary credentials, and
    /// <c>Authorization</c>. Host and content type are signed too and must be sent exactly as given here.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(SigningRequest request, SigningKey key, DateTimeOffset now)
    {
        var timestamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var date = timestamp[..8];
        var scope = $"{date}/{request.Region}/{request.Service}/aws4_request";
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = request.ContentType,
            ["host"] = HostHeader(request.Endpoint),
            ["x-amz-date"] = timestamp,
        };
        if (key.SessionToken is { Length: > 0 } token) headers["x-amz-security-token"] = token;
        var signedHeaders = string.Join(';', headers.Keys);
        var canonical = new StringBuilder(request.Method).Append('\n')
            .Append(CanonicalPath(request.Endpoint)).Append('\n')
            .Append('\n'); // a Query request has no query string
        foreach (var (name, value) in headers) canonical.Append(name).Append(':').Append(value.Trim()).Append('\n');
        canonical.Append('\n').Append(signedHeaders).Append('\n').Append(Hex(SHA256.HashData(request.Body.Span)));

        var toSign = $"{Algorithm}\n{timestamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var signature = Hex(Hmac(SigningKeyOf(key.SecretKey, date, request.Region, request.Service), toSign));
        var result = new List<KeyValuePair<string, string>> { new("X-Amz-Date", timestamp) };
        if (headers.TryGetValue("x-amz-security-token", out var sent)) result.Add(new("X-Amz-Security-Token", sent));
        result.Add(new("Authorization", $"{Algorithm} Credential={key.AccessKey}/{scope}, SignedHeaders={signedHeaders}, Signature={signature}"));
        return result;
    }

    /// <summary>Host as the HTTP client sends it: the port only when it is not the scheme's own.</summary>
    public static string HostHeader(Uri endpoint) =>
        endpoint.IsDefaultPort ? endpoint.IdnHost : $"{(endpoint.HostNameType == UriHostNameType.IPv6 ? endpoint.Host : endpoint.IdnHost)}:{endpoint.Port}";

    // Outside S3 each path segment is encoded twice; the path we send is already encoded once.
    private static string CanonicalPath(Uri endpoint) =>
        string.Join('/', endpoint.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    private static byte[] SigningKeyOf(string secret, string date, string region, string service)
    {
        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), date);
        key = Hmac(key, region);
        key = Hmac(key, service);
        return Hmac(key, "aws4_request");
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
