using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Signing;

/// <summary>When a request was signed, and whether that is recent enough (EC2 API: RequestExpired).</summary>
internal static class RequestDate
{
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <summary>The request's timestamp text, once it is known to be at most 15 minutes off.</summary>
    public static string Check(HttpRequest request, DateTimeOffset now, bool isPresigned)
    {
        var text = isPresigned ? request.Query["X-Amz-Date"].ToString() : request.Headers["x-amz-date"].ToString();
        if (text.Length == 0) throw Refusals.IncompleteSignature("The request must carry X-Amz-Date.");
        if (!DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            throw Refusals.IncompleteSignature($"Date must be in ISO-8601 'basic format'. Got '{text}'.");
        }

        return (now - date).Duration() > Tolerance ? throw Refusals.RequestExpired() : text;
    }
}
