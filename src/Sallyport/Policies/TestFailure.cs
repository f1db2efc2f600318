using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>One thing that breaks a test.</summary>
/// <param name="Reason">What is wrong, one sentence without a full stop: <c>internet reaches db on tcp/22</c>.</param>
/// <param name="Basis">Snapshot for pairs there are now, symbolic where a member to come takes part.</param>
public sealed record TestFailure(string Reason, AnswerBasis Basis)
{
    /// <summary>The packet that shows it; null only where no single packet can (a group without members).</summary>
    public TestWitness? Witness { get; init; }

    /// <summary>Services of the test that break it here.</summary>
    public ServiceSet Services { get; init; } = ServiceSet.Empty;

    /// <summary>Egress rules that let the witness through.</summary>
    public ImmutableArray<DecidingRule> Egress { get; init; } = [];

    /// <summary>Ingress rules that let the witness through.</summary>
    public ImmutableArray<DecidingRule> Ingress { get; init; } = [];

    /// <summary>For <c>must</c>: the layers that stop the witness, in order.</summary>
    public ImmutableArray<Layer> Blockers { get; init; } = [];

    /// <summary>For <c>must</c>: rules that would let it through.</summary>
    public ImmutableArray<MissingRule> Missing { get; init; } = [];

    /// <summary>What the network's layers said.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The exception that covered this until it expired; null when none did.</summary>
    public BoundExemption? Expired { get; init; }

    /// <summary>Reason, witness and expired exception in one sentence without a full stop.</summary>
    public string Sentence
    {
        get
        {
            var witness = Witness is { } packet ? $": {packet}" : string.Empty;
            var stopped = Blockers.IsEmpty ? string.Empty : $" is stopped at {string.Join(", ", Blockers.Select(b => b.ToString().ToLowerInvariant()))}";
            var expired = Expired is { } exemption ? $" (exception {exemption.Id} allowed this until {exemption.Expires:yyyy-MM-dd})" : string.Empty;
            return $"{Reason}{witness}{(Witness is null ? string.Empty : stopped)}{expired}";
        }
    }
}
