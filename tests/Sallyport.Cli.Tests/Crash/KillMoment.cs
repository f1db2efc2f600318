namespace Sallyport.Cli.Tests.Crash;

/// <summary>Moments around one journalled step, in their order.</summary>
internal enum KillMoment
{
    /// <summary>The journal's file is there and empty; nobody has been asked anything.</summary>
    Opened,

    /// <summary>In the middle of the dry runs; the journal is still empty.</summary>
    Asking,

    /// <summary>While the begin line was written: half of it is there.</summary>
    BeginTorn,

    /// <summary>The begin line is written; the call has not been carried out.</summary>
    Begun,

    /// <summary>The call was carried out; its answer never came.</summary>
    Committed,

    /// <summary>While the done line was written: half of it is there.</summary>
    DoneTorn,

    /// <summary>The done line (of step 0: the header) is written, and nothing after it.</summary>
    Done,
}
