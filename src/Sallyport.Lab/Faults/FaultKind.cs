namespace Sallyport.Lab.Faults;

/// <summary>What can go wrong on purpose.</summary>
internal enum FaultKind
{
    /// <summary>500 InternalError; nothing was done.</summary>
    Error500,

    /// <summary>503 RequestLimitExceeded; nothing was done.</summary>
    Throttle503,

    /// <summary>The call is carried out, but no answer ever comes.</summary>
    TimeoutAfterCommit,

    /// <summary>The connection is cut; nothing was done.</summary>
    Drop,

    /// <summary>The call is carried out and answered, but describes see its effect late; on a describe: it sees recent changes late.</summary>
    DelayVisibility,
}
