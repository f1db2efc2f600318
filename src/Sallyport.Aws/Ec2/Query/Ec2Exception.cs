using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>A call that did not succeed, in AWS's own words where it answered. Holds no credentials.</summary>
public sealed class Ec2Exception : Exception
{
    /// <summary>Describes one failed call.</summary>
    public Ec2Exception(FailureKind kind, string operation, Scope scope, string code, string awsMessage, string? requestId = null, int httpStatus = 0, Exception? inner = null)
        : base(Describe(operation, scope, code, awsMessage, requestId), inner)
    {
        Kind = kind;
        Operation = operation;
        Scope = scope;
        Code = code;
        AwsMessage = awsMessage;
        RequestId = requestId;
        HttpStatus = httpStatus;
    }

    /// <summary>How it failed.</summary>
    public FailureKind Kind { get; }

    /// <summary>Such as <c>DescribeSecurityGroups</c>.</summary>
    public string Operation { get; }

    /// <summary>Account (empty while unknown) and Region asked.</summary>
    public Scope Scope { get; }

    /// <summary>AWS's error code, or a word of ours when no answer of AWS came: <c>RequestTimeout</c>, <c>ConnectionFailed</c> …</summary>
    public string Code { get; }

    /// <summary>The message that came with the code: untrusted text, at most 1000 characters.</summary>
    public string AwsMessage { get; }

    /// <summary>AWS's request id; null when no answer came.</summary>
    public string? RequestId { get; }

    /// <summary>HTTP status; 0 when no answer came.</summary>
    public int HttpStatus { get; }

    /// <summary>True when a change may have been made all the same.</summary>
    public bool MayHaveHappened => Kind is FailureKind.ServerError or FailureKind.TimedOut or FailureKind.Dropped or FailureKind.BadAnswer;

    private static string Describe(string operation, Scope scope, string code, string message, string? requestId)
    {
        var where = string.IsNullOrEmpty(scope.Region) ? string.Empty : $" in {(string.IsNullOrEmpty(scope.Account) ? scope.Region : scope.ToString())}";
        var id = requestId is null ? string.Empty : $" (request id {requestId})";
        return message.Length == 0 ? $"{operation}{where}: {code}{id}" : $"{operation}{where}: {code}: {message}{id}";
    }
}
