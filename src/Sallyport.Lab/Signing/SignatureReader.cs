using Microsoft.AspNetCore.Http;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Signing;

/// <summary>Finds the signature of a request.</summary>
internal static class SignatureReader
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The signature; refuses a request that has none or half of one.</summary>
    public static Signature Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length > 0) return FromHeader(header);
        if (request.Query.TryGetValue("X-Amz-Algorithm", out var algorithm) && algorithm == Algorithm) return FromQuery(request.Query);
        throw Refusals.Unsigned();
    }

    private static Signature FromHeader(string header)
    {
        if (!header.StartsWith(Algorithm, StringComparison.Ordinal)) throw Refusals.Unsigned();
        string? credential = null, signed = null, value = null;
        foreach (var part in header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            switch (part[..equals])
            {
                case "Credential": credential = part[(equals + 1)..]; break;
                case "SignedHeaders": signed = part[(equals + 1)..]; break;
                case "Signature": value = part[(equals + 1)..]; break;
                default: break;
            }
        }

        return Create(credential, signed, value, isPresigned: false);
    }

    private static Signature FromQuery(IQueryCollection query) => Create(
        query["X-Amz-Credential"].ToString(),
        query["X-Amz-SignedHeaders"].ToString(),
        query["X-Amz-Signature"].ToString(),
        isPresigned: true);

    private static Signature Create(string? credential, string? signed, string? value, bool isPresigned)
    {
        if (string.IsNullOrEmpty(credential)) throw Refusals.IncompleteSignature("Authorization header requires 'Credential' parameter.");
        if (string.IsNullOrEmpty(signed)) throw Refusals.IncompleteSignature("Authorization header requires 'SignedHeaders' parameter.");
        if (string.IsNullOrEmpty(value)) throw Refusals.IncompleteSignature("Authorization header requires 'Signature' parameter.");
        var scope = credential.Split('/');
        if (scope is not [{ Length: > 0 } key, { Length: 8 } date, { Length: > 0 } region, { Length: > 0 } service, "aws4_request"])
        {
            throw Refusals.IncompleteSignature("Credential must be KEY/DATE/REGION/SERVICE/aws4_request.");
        }

        return new Signature(key, date, region, service, signed.Split(';'), value, isPresigned);
    }
}
