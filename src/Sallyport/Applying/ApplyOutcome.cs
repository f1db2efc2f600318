namespace Sallyport.Applying;

/// <summary>How an apply or undo ended. The contract's exit code stands in brackets.</summary>
public enum ApplyOutcome
{
    /// <summary>Every step is done and verified (0).</summary>
    Done,

    /// <summary>The journal said so already (0).</summary>
    AlreadyDone,

    /// <summary>The plan or journal cannot be used (2).</summary>
    BadInput,

    /// <summary>AWS did not permit it, or could not be read, before anything was changed (3).</summary>
    Unavailable,

    /// <summary>The estate is not the one the plan was made from; nothing was changed (4).</summary>
    Refused,

    /// <summary>Stopped part-way; the journal says where (5).</summary>
    Stopped,

    /// <summary>Interrupted between two calls; the journal says where (130).</summary>
    Interrupted,
}
