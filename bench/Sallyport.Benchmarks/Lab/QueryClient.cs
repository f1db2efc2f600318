using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Sallyport.Benchmarks.Lab;

/// <summary>Sends query requests with a placeholder signature and reads the whole answer; anything but 200 throws.</summary>
internal sealed class QueryClient : IDisposable
{
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");
    private readonly HttpClient _http;
    private readonly string _authorization;
    private readonly string _date;

    public QueryClient(Uri endpoint, string accessKeyId, string region)
    {
        var now = DateTimeOffset.UtcNow;
        _http = new HttpClient { BaseAddress = endpoint };
        _date = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        _authorization = $"AWS4-HMAC-SHA256 Credential={accessKeyId}/{now:yyyyMMdd}/{region}/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    }

    public async Task<byte[]> SendAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) };
        request.Content.Headers.ContentType = FormType;
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", _date);
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        return answer;
    }

    public void Dispose() => _http.Dispose();
}
