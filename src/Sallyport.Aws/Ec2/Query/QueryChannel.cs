using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// Sends Query calls of one account: limits, signs, times out, retries and reads the answer. An answer is buffered whole
/// (bounded) before it is parsed, so a broken connection never leaves half an answer in the model.
/// </summary>
internal sealed class QueryChannel
{
    /// <summary>A page of 1000 interfaces is about 3 MB; nothing legitimate comes near this.</summary>
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    private readonly HttpClient _http;
    private readonly ChannelOptions _options;

    public QueryChannel(HttpClient http, ChannelOptions options)
    {
        _http = http;
        _options = options;
    }

    /// <summary>Account of the credentials; empty until it is known.</summary>
    public string Account { get; set; } = string.Empty;

    /// <summary>
    /// Makes one call and hands the root's children to <paramref name="read"/>. Throws <see cref="Ec2Exception"/> when it did not
    /// succeed after every attempt that was allowed.
    /// </summary>
    public async Task<T> SendAsync<T>(CallTarget target, Operation operation, QueryParameters parameters, Func<ResponseReader, T> read, CancellationToken cancellationToken)
    {
        var limiter = _options.Limiters.For(Account, target.Region, operation);
        for (var attempt = 1; ; attempt++)
        {
            await limiter.AcquireAsync(cancellationToken);
            TimeSpan wait;
            try
            {
                var result = await AttemptAsync(target, operation, parameters, read, attempt, cancellationToken);
                limiter.Answered();
                return result;
            }
            catch (Ec2Exception failure)
            {
                if (failure.Kind == FailureKind.Throttled) limiter.Throttled();
                else if (failure.HttpStatus != 0) limiter.Answered();
                if (attempt >= _options.Retry.MaxAttempts || !RetryPolicy.MayRepeat(operation, failure.Kind, parameters.IsDryRun)) throw;
                wait = _options.Retry.DelayAfter(attempt, failure.Kind);
            }

            await Task.Delay(wait, _options.Time, cancellationToken);
        }
    }

    private async Task<T> AttemptAsync<T>(CallTarget target, Operation operation, QueryParameters parameters, Func<ResponseReader, T> read, int attempt, CancellationToken cancellationToken)
    {
        var scope = new Scope(Account, target.Region);
        var started = _options.Time.GetTimestamp();
        Ec2Exception? failure = null;
        string? requestId = null;
        var status = 0;
        try
        {
            var key = await _options.Credentials(cancellationToken);
            (status, requestId, var body) = await ExchangeAsync(target, operation, parameters, key, scope, cancellationToken);
            if (status is < 200 or > 299) throw Refusal(operation, scope, status, requestId, body, key);
            var answer = Parse(operation, scope, status, body, key, read);
            requestId ??= answer.RequestId;
            return answer.Value;
        }
        catch (Ec2Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            // Never the parameters, the headers or the credentials: this goes to a terminal or a CI log.
            _options.Debug?.Invoke(
                $"{target.Service} {operation.Name} {target.Region} attempt {attempt}: {failure?.Code ?? (status == 0 ? "cancelled" : status.ToString())}, "
                + $"request id {failure?.RequestId ?? requestId ?? "-"}, {_options.Time.GetElapsedTime(started).TotalMilliseconds:F0} ms");
        }
    }

    private async Task<(int Status, string? RequestId, MemoryStream Body)> ExchangeAsync(CallTarget target, Operation operation, QueryParameters parameters, SigningKey key, Scope scope, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(parameters.ToBody(operation.Name, target.Version));
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Endpoint) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        var signing = new SigningRequest("POST", target.Endpoint, target.Region, target.Service, ContentType, bytes);
        foreach (var (name, value) in SignatureV4.Sign(signing, key, _options.Time.GetUtcNow())) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);

        using var timeOut = new CancellationTokenSource(_options.Timeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeOut.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadBodyAsync(response.Content, operation, scope, either.Token);
            var requestId = response.Headers.TryGetValues("x-amzn-requestid", out var ids) ? ids.FirstOrDefault() : null;
            return ((int)response.StatusCode, requestId is { Length: <= 128 } ? requestId : null, body);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Neither token fired: the handler gave up connecting, so nothing was sent.
            throw timeOut.IsCancellationRequested
                ? new Ec2Exception(FailureKind.TimedOut, operation.Name, scope, "RequestTimeout", $"no answer within {_options.Timeout.TotalSeconds:0.#} s", inner: e)
                : new Ec2Exception(FailureKind.NotSent, operation.Name, scope, "ConnectTimeout", $"{target.Endpoint.Host} cannot be reached", inner: e);
        }
        catch (HttpRequestException e)
        {
            throw e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? new Ec2Exception(FailureKind.NotSent, operation.Name, scope, "ConnectionFailed", $"{target.Endpoint.Host}: {e.Message}", inner: e)
                : new Ec2Exception(FailureKind.Dropped, operation.Name, scope, "ConnectionDropped", $"{target.Endpoint.Host}: {e.Message}", inner: e);
        }
        catch (IOException e)
        {
            throw new Ec2Exception(FailureKind.Dropped, operation.Name, scope, "ConnectionDropped", $"{target.Endpoint.Host}: {e.Message}", inner: e);
        }
    }

    private static async Task<MemoryStream> ReadBodyAsync(HttpContent content, Operation operation, Scope scope, CancellationToken cancellationToken)
    {
        var length = content.Headers.ContentLength ?? 0;
        if (length > MaxAnswerBytes) throw TooLarge();
        var body = new MemoryStream((int)length);
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > MaxAnswerBytes) throw TooLarge();
            body.Write(buffer, 0, read);
        }

        body.Position = 0;
        return body;

        Ec2Exception TooLarge() => new(FailureKind.BadAnswer, operation.Name, scope, "AnswerTooLarge", $"the answer is over {MaxAnswerBytes >> 20} MiB");
    }

    private static (T Value, string? RequestId) Parse<T>(Operation operation, Scope scope, int status, MemoryStream body, SigningKey key, Func<ResponseReader, T> read)
    {
        try
        {
            using var reader = new ResponseReader(body);
            var root = reader.Root();
            if (root is "Response" or "ErrorResponse") throw Refusal(operation, scope, status, null, body, key);
            if (root != operation.Name + "Response") throw new XmlException($"The answer's root is {(root.Length > 80 ? root[..80] : root)}.");
            var value = read(reader);
            return (value, reader.RequestId);
        }
        catch (XmlException e)
        {
            throw new Ec2Exception(FailureKind.BadAnswer, operation.Name, scope, "MalformedAnswer", e.Message, httpStatus: status, inner: e);
        }
    }

    private static Ec2Exception Refusal(Operation operation, Scope scope, int status, string? requestId, MemoryStream body, SigningKey key)
    {
        body.Position = 0;
        if (ErrorDocument.TryRead(body) is not { } error)
        {
            return new Ec2Exception(ErrorCodes.Classify(string.Empty, status), operation.Name, scope, $"Http{status}", "the answer is not an AWS error document", requestId, status);
        }

        var message = ErrorCodes.EchoesRequest(error.Code) ? "the signature was not accepted; check the secret key and the clock" : WithoutSecrets(error.Message, key);
        return new Ec2Exception(ErrorCodes.Classify(error.Code, status), operation.Name, scope, error.Code, message, error.RequestId ?? requestId, status);
    }

    private static string WithoutSecrets(string text, SigningKey key)
    {
        text = Hide(text, key.SecretKey);
        return key.SessionToken is null ? text : Hide(text, key.SessionToken);

        static string Hide(string text, string secret) => secret.Length == 0 ? text : text.Replace(secret, "***", StringComparison.Ordinal);
    }
}
