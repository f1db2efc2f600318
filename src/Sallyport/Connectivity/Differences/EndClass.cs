using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>Ends of one family with the same groups in the same VPC before, and the same groups in the same VPC after.</summary>
internal sealed class EndClass
{
    /// <summary>Position among the classes.</summary>
    public required int Index { get; init; }

    /// <summary>Family of every end.</summary>
    public required IpFamily Family { get; init; }

    /// <summary>What the ends were.</summary>
    public required EndState Old { get; init; }

    /// <summary>What they are.</summary>
    public required EndState New { get; init; }

    /// <summary>True when they carry other groups than before, moved to another VPC, came or went.</summary>
    public required bool IsChanged { get; init; }

    /// <summary>Groups carried before or after, by their number in <see cref="GroupNumbers"/>, each once.</summary>
    public required int[] Groups { get; init; }

    /// <summary>Indexes of the ends, in address order.</summary>
    public int[] Ends { get; set; } = [];

    /// <summary>The state in one of the estates.</summary>
    public EndState State(bool isNew) => isNew ? New : Old;
}
