using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>A managed prefix list at its current version.</summary>
public sealed record PrefixList(PrefixListId Id, Scope Scope)
{
    /// <summary>Such as <c>com.amazonaws.eu-west-1.s3</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Owner; <c>AWS</c> for AWS-managed lists; empty when unknown.</summary>
    public string Owner { get; init; } = string.Empty;

    /// <summary>Which family its entries have.</summary>
    public IpFamily Family { get; init; } = IpFamily.V4;

    /// <summary>Null for AWS-managed lists and when unknown.</summary>
    public int? MaxEntries { get; init; }

    /// <summary>Null for AWS-managed lists and when unknown.</summary>
    public long? Version { get; init; }

    /// <summary>Sorted; null when the entries were not read: verdicts that need them are unknown.</summary>
    public ImmutableArray<PrefixListEntry>? Entries { get; init; }

    /// <summary>The list's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>True for a list that AWS keeps.</summary>
    public bool IsAwsManaged => Owner == "AWS" || Name.StartsWith("com.amazonaws.", StringComparison.Ordinal);
}
