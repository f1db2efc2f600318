using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Estates;

/// <summary>A security group with its rules.</summary>
public sealed record SecurityGroup(SecurityGroupId Id, Scope Scope)
{
    /// <summary>Empty when the source does not say (rules read alone).</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>A clause: why the name is not known, as code hides it or leaves it open; null when it is known. <see cref="Name"/> is then a stand-in.</summary>
    public string? UnknownName { get; init; }

    /// <summary>The group's immutable description.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>
    /// A clause: why the description is not known; null when it is known. <see cref="Description"/> is then what is known of it:
    /// <c>Web of ${Stage}</c>, or nothing.
    /// </summary>
    public string? UnknownDescription { get; init; }

    /// <summary>VPC of creation; null when unknown.</summary>
    public VpcId? Vpc { get; init; }

    /// <summary>The group's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>Sorted by <see cref="RuleKey"/>, then id. No key occurs twice.</summary>
    public ImmutableArray<SecurityGroupRule> Rules { get; init; } = [];

    /// <summary>Rules of the input that EC2 would not take.</summary>
    public ImmutableArray<MalformedRule> Malformed { get; init; } = [];

    /// <summary>Where a file declares the group; null for a live read.</summary>
    public SourceSpan? At { get; init; }

    /// <summary>How code declares it; null for a group that was read from AWS.</summary>
    public GroupCode? Code { get; init; }

    /// <summary>True for the group EC2 makes with each VPC.</summary>
    public bool IsDefault => Name == "default" && UnknownName is null && Code is not { HasName: false };

    /// <summary><c>arn:aws:ec2:…:security-group/sg-…</c>, with the partition of the Region.</summary>
    public string Arn => $"arn:{Scope.Partition}:ec2:{Scope.Region}:{Scope.Account}:security-group/{Id}";

    /// <summary>The rules of one direction, in order.</summary>
    public ImmutableArray<SecurityGroupRule> RulesOf(Direction direction)
    {
        var count = 0;
        foreach (var rule in Rules) count += rule.Direction == direction ? 1 : 0;

        // A large estate is asked for them a million times, and most groups have rules of one direction only.
        if (count == Rules.Length) return Rules;
        if (count == 0) return [];
        var own = ImmutableArray.CreateBuilder<SecurityGroupRule>(count);
        foreach (var rule in Rules)
        {
            if (rule.Direction == direction) own.Add(rule);
        }

        return own.MoveToImmutable();
    }
}
