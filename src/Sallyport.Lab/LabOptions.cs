using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Lab;

/// <summary>How a <see cref="LabServer"/> starts.</summary>
public sealed record LabOptions
{
    /// <summary>Accounts and Regions of a lab without an estate; the first Region of each account gets a default VPC.</summary>
    public static ImmutableArray<Scope> DefaultScopes { get; } =
    [
        new("111122223333", "us-east-1"), new("111122223333", "eu-west-1"),
        new("444455556666", "us-east-1"), new("444455556666", "eu-west-1"),
    ];

    /// <summary>What the lab holds at first; null for an empty lab. Not used when <see cref="StateFile"/> exists.</summary>
    public Estate? Estate { get; init; }

    /// <summary>Accounts and Regions the lab has beside those of <see cref="Estate"/>; null for <see cref="DefaultScopes"/> when there is no estate.</summary>
    public ImmutableArray<Scope>? Scopes { get; init; }

    /// <summary>Loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where the state is kept across runs; null keeps it in memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>True to refuse calls beyond EC2's token buckets with RequestLimitExceeded.</summary>
    public bool Throttle { get; init; }

    /// <summary>What goes wrong on purpose; null for nothing.</summary>
    public FaultSchedule? Faults { get; init; }

    /// <summary>How long describes lag behind a write under the <c>delay-visibility</c> fault.</summary>
    public TimeSpan VisibilityDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a call that times out is held before its connection is cut.</summary>
    public TimeSpan HoldDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>True to check every request's signature against the lab's keys.</summary>
    public bool VerifySignatures { get; init; }

    /// <summary>Service quotas.</summary>
    public LabQuotas Quotas { get; init; } = new();

    /// <summary>The lab's clock: signature dates, buckets, delays.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Awaited at each <see cref="LabStage"/> of each call with the operation's name, for tests that stop or kill a client at a
    /// chosen point; null for nothing.
    /// </summary>
    public Func<string, LabStage, CancellationToken, ValueTask>? OnStage { get; init; }
}
