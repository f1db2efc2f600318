namespace Sallyport.Aws.Ec2.Query;

/// <summary>How a call failed, as far as retrying and certainty go.</summary>
public enum FailureKind
{
    /// <summary>The service answered no: the request was not carried out and will not be if repeated.</summary>
    Refused,

    /// <summary>The service answered that it was asked too often: certainly not carried out.</summary>
    Throttled,

    /// <summary>The request never left: no connection, no name, no TLS, no credentials.</summary>
    NotSent,

    /// <summary>The service failed (5xx): it may have been carried out.</summary>
    ServerError,

    /// <summary>No answer in time: it may have been carried out.</summary>
    TimedOut,

    /// <summary>The connection broke before the whole answer came: it may have been carried out.</summary>
    Dropped,

    /// <summary>An answer came that is not EC2's: too large, not XML, another operation's.</summary>
    BadAnswer,
}
