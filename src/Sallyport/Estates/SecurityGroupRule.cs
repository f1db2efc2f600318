using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>One rule: one group, one direction, one service, one peer.</summary>
public sealed record SecurityGroupRule(Direction Direction, Service Service, Peer Peer)
{
    /// <summary>Null when the source groups rules without ids (<c>describe-security-groups</c>, templates).</summary>
    public SecurityGroupRuleId? Id { get; init; }

    /// <summary>Empty when there is none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>A clause: why the description is not known; null when it is known. <see cref="Description"/> is then what is known of it, or nothing.</summary>
    public string? UnknownDescription { get; init; }

    /// <summary>Null when the source does not tell the tags of rules; <see cref="Tags.None"/> when it says there are none.</summary>
    public Tags? Tags { get; init; }

    /// <summary>
    /// A clause: in what the rule was not written as EC2 writes it, though it could be read (host bits, ports beside protocol -1 …);
    /// null for almost every rule. Not part of its identity.
    /// </summary>
    public string? Slip { get; init; }

    /// <summary>File of the source that declares the rule; null for a live read.</summary>
    public string? File { get; init; }

    /// <summary>1-based line in <see cref="File"/>; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Identity for EC2.</summary>
    public RuleKey Key => new(Direction, Service, Peer);
}
