using System.Collections.Frozen;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>Classes of AWS's error codes. Codes are open strings: what is not listed is judged by its HTTP status.</summary>
internal static class ErrorCodes
{
    /// <summary>Answer to a dry run that would have been carried out.</summary>
    public const string DryRun = "DryRunOperation";

    private static readonly FrozenSet<string> Throttling = new[]
    {
        "RequestLimitExceeded", "EC2ThrottledException", "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled",
        "RequestThrottledException", "TooManyRequestsException", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown",
        "PriorRequestNotComplete",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Transient = new[]
    {
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "ServerInternal", "Unavailable", "ServiceUnavailable",
        "RetryableError",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Permission = new[]
    {
        "UnauthorizedOperation", "AuthFailure", "AccessDenied", "AccessDeniedException", "OptInRequired", "Blocked", "PendingVerification",
        "InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException", "RequestExpired", "MissingAuthenticationToken",
        "IncompleteSignature", "UnrecognizedClientException", "InvalidAccessKeyId",
    }.ToFrozenSet();

    // Http500 and Http501: emulators answer so, without an error document, for an operation they lack.
    private static readonly FrozenSet<string> Absent = new[]
    {
        "InvalidAction", "UnsupportedOperation", "UnknownOperationException", "NotImplemented", "Http500", "Http501",
    }.ToFrozenSet();

    /// <summary>Which kind of failure an answer is.</summary>
    public static FailureKind Classify(string code, int httpStatus) =>
        Throttling.Contains(code) || httpStatus == 429 ? FailureKind.Throttled
        : Transient.Contains(code) || httpStatus >= 500 ? FailureKind.ServerError
        : FailureKind.Refused;

    /// <summary>The caller or its credentials are not let in.</summary>
    public static bool IsPermission(string code) => Permission.Contains(code);

    /// <summary>The endpoint or Region does not have the operation.</summary>
    public static bool IsAbsentOperation(string code) => Absent.Contains(code);

    /// <summary>Errors whose message repeats the signed headers, session token included: the message is dropped.</summary>
    public static bool EchoesRequest(string code) => code is "SignatureDoesNotMatch" or "IncompleteSignature";
}
