using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sallyport.Estates;
using Sallyport.Lab.Faults;
using Sallyport.Lab.Identity;
using Sallyport.Lab.Signing;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Throttling;

namespace Sallyport.Lab.Wire;

/// <summary>
/// One HTTP request from bytes to bytes. Checks come in EC2's order: action, version, signature, parameters, then whatever the
/// operation looks at, and the dry run last.
/// </summary>
internal sealed class QueryEndpoint(LabOptions options, World world, KeyRing keys, LabCalls calls, StateFile? stateFile)
{
    private const int MaxBodyBytes = 8 * 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly ApiThrottle? _throttle = options.Throttle ? new ApiThrottle() : null;
    private long _requests;

    /// <summary>The last exception that was no refusal: a bug of the lab. Tests look at it.</summary>
    public Exception? LastBug { get; private set; }

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = NextRequestId();
        context.Response.Headers["x-amzn-requestid"] = requestId;
        context.Response.ContentType = "text/xml;charset=UTF-8";
        var service = ServiceProtocol.Ec2;
        try
        {
            var body = await ReadBodyAsync(context.Request, context.RequestAborted);
            var pairs = QueryForm.Read(HttpMethods.IsPost(context.Request.Method) ? body : QueryBytes(context.Request));
            service = ServiceOf(context.Request, pairs);
            var operation = OperationOf(service, pairs);
            var (caller, region) = Authenticate(context.Request, body, service);
            await CarryOutAsync(context, service, operation, caller, region, pairs, requestId);
        }
        catch (Refusal refusal)
        {
            await WriteErrorAsync(context, service, refusal, requestId);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
#pragma warning disable CA1031 // the server's one filter: a bug of the lab is answered as EC2 answers its own
        catch (Exception bug)
        {
            LastBug = bug;
            if (!context.Response.HasStarted) await WriteErrorAsync(context, service, Refusals.InternalError(), requestId);
            else context.Abort();
        }
#pragma warning restore CA1031
    }

    private async Task CarryOutAsync(
        HttpContext context, ServiceProtocol service, Operation operation, Caller caller, string region, Dictionary<string, string> pairs, string requestId)
    {
        var number = calls.Count(operation.Name);
        if (options.OnStage is not null) await options.OnStage(operation.Name, LabStage.Received, context.RequestAborted);
        var fault = options.Faults?.Strike(operation.Name, number);
        if (fault == FaultKind.Drop)
        {
            context.Abort();
            return;
        }

        if (fault == FaultKind.Error500) throw Refusals.InternalError();
        if (fault == FaultKind.Throttle503) throw Refusals.Throttled();
        var input = ParameterNode.Read(pairs, operation.Parameters);
        var now = options.Time.GetUtcNow();
        _throttle?.Take(new Scope(caller.Account, region), operation, input, now);
        var reply = Run(operation, new Call(caller, region, input, world, options.Quotas, now), fault == FaultKind.DelayVisibility);
        if (options.OnStage is not null) await options.OnStage(operation.Name, LabStage.Committed, context.RequestAborted);
        if (fault == FaultKind.TimeoutAfterCommit)
        {
            await Task.Delay(options.HoldDuration, options.Time, context.RequestAborted);
            context.Abort();
            return;
        }

        var writer = new ReplyWriter(context.Response.BodyWriter);
        await service.WriteSuccessAsync(writer, operation.Name, requestId, reply, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private IReply Run(Operation operation, Call call, bool delayVisibility)
    {
        lock (_lock)
        {
            world.View.Now = call.Now;
            world.View.HideWrites = delayVisibility && operation.Changes;
            world.View.IsStale = delayVisibility && !operation.Changes;
            var reply = operation.Run(call);
            if (operation.Changes) stateFile?.Save(world);
            return reply;
        }
    }

    private (Caller Caller, string Region) Authenticate(HttpRequest request, byte[] body, ServiceProtocol service)
    {
        var signature = SignatureReader.Read(request);
        var now = options.Time.GetUtcNow();
        var timestamp = RequestDate.Check(request, now, signature.IsPresigned);
        if (signature.Service != service.Name)
        {
            throw Refusals.IncompleteSignature($"Credential should be scoped to correct service: '{service.Name}'.");
        }

        var token = signature.IsPresigned ? request.Query["X-Amz-Security-Token"].ToString() : request.Headers["x-amz-security-token"].ToString();
        var caller = keys.Find(signature.AccessKeyId, token, now);
        if (service == ServiceProtocol.Ec2 && !world.HasRegion(signature.Region)) throw Refusals.AuthFailure();
        if (options.VerifySignatures) SignatureVerifier.Verify(request, body, signature, timestamp, KeyRing.Secret(signature.AccessKeyId));
        return (caller, signature.Region);
    }

    private static ServiceProtocol ServiceOf(HttpRequest request, Dictionary<string, string> pairs)
    {
        if (pairs.TryGetValue("Version", out var version)) return version == ServiceProtocol.Sts.Version ? ServiceProtocol.Sts : ServiceProtocol.Ec2;
        var authorization = request.Headers.Authorization.ToString();
        return authorization.Contains("/sts/aws4_request", StringComparison.Ordinal) ? ServiceProtocol.Sts : ServiceProtocol.Ec2;
    }

    /// <summary>Takes Action and Version out of the pairs, and what a presigned query adds.</summary>
    private static Operation OperationOf(ServiceProtocol service, Dictionary<string, string> pairs)
    {
        if (!pairs.Remove("Action", out var action) || action.Length == 0) throw Refusals.MissingAction();
        if (!service.Operations.TryGetValue(action, out var operation)) throw Refusals.InvalidAction(action);
        if (!pairs.Remove("Version", out var version)) throw Refusals.MissingParameter("Version");
        if (version != service.Version) throw Refusals.NoSuchVersion(version);
        foreach (var name in pairs.Keys.Where(k => k.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)).ToList()) pairs.Remove(name);
        return operation;
    }

    private static byte[] QueryBytes(HttpRequest request) => Encoding.UTF8.GetBytes(request.QueryString.HasValue ? request.QueryString.Value![1..] : string.Empty);

    private static async ValueTask<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method) && !HttpMethods.IsGet(request.Method))
        {
            throw Refusals.UnsupportedProtocol($"The method {request.Method} is not supported; use POST or GET.");
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBodyBytes) throw Refusals.RequestTooLarge();
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task WriteErrorAsync(HttpContext context, ServiceProtocol service, Refusal refusal, string requestId)
    {
        context.Response.StatusCode = refusal.Status;
        service.WriteError(new ReplyWriter(context.Response.BodyWriter), refusal, requestId);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Unique in a run, and the same in every run, so that recorded journals can be compared.</summary>
    private string NextRequestId()
    {
        var number = Interlocked.Increment(ref _requests);
        return new Guid(SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16)).ToString();
    }
}
