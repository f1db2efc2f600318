namespace Sallyport.Cli;

/// <summary>What the process says when it ends. The contract fixes the numbers; they never change.</summary>
public enum ExitCode
{
    /// <summary>Done; nothing at or above the threshold, no change pending, no drift.</summary>
    Done = 0,

    /// <summary>Done; findings at or above the threshold, pending changes, drift, a difference.</summary>
    Different = 1,

    /// <summary>Usage or input error; every error was listed.</summary>
    BadInput = 2,

    /// <summary>AWS or the machine refused, or the read was incomplete.</summary>
    Incomplete = 3,

    /// <summary>Refused: not approved, digest mismatch, quota, or a test of the connections file fails.</summary>
    Refused = 4,

    /// <summary>Apply stopped part-way; the journal's path was printed.</summary>
    StoppedPartway = 5,

    /// <summary>A bug of ours.</summary>
    Bug = 70,

    /// <summary>Interrupted by the user.</summary>
    Interrupted = 130,
}
