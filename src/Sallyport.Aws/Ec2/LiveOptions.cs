using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;

namespace Sallyport.Aws.Ec2;

/// <summary>
/// How to reach one account. Everything left out comes from where the AWS CLI looks: environment, then profile, then the machine's
/// role. Secrets never come this way.
/// </summary>
public sealed record LiveOptions
{
    /// <summary>Profile of the shared files; null for <c>AWS_PROFILE</c> or <c>default</c>. When given, keys in the environment are not used.</summary>
    public string? Profile { get; init; }

    /// <summary>Regions to read; <c>all</c> for every one the account may use; empty for the configured Region.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Role to assume with the credentials found; null for none.</summary>
    public string? RoleArn { get; init; }

    /// <summary>External id the role asks for; null for none.</summary>
    public string? RoleExternalId { get; init; }

    /// <summary>Name CloudTrail shows for the assumed role.</summary>
    public string RoleSessionName { get; init; } = "sallyport";

    /// <summary>Endpoint of EC2 and STS; null for <c>AWS_ENDPOINT_URL_EC2</c>, <c>AWS_ENDPOINT_URL</c>, the profile's or AWS's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Of one attempt of one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts in all; null for <c>AWS_MAX_ATTEMPTS</c>, the profile's, or 5.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Regions read at once.</summary>
    public int MaxParallelRegions { get; init; } = 8;

    /// <summary>Clock of signatures, time-outs and waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Random numbers from 0 (inclusive) to 1 (exclusive) that spread retries.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>
    /// Environment variables by name. The SDK's own credential chain (profiles, SSO, web identity, container, machine role) reads the
    /// process's whatever this says.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Limiters to share with other sessions of the same accounts; null for one's own.</summary>
    public RequestLimiters? Limiters { get; init; }

    /// <summary>Gets one line a request: operation, Region, outcome, request id, milliseconds. Never a secret.</summary>
    public Action<string>? Debug { get; init; }
}
