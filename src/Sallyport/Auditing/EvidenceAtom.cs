using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing;

/// <summary>One rule that a finding rests on.</summary>
/// <param name="RuleId">Null when the source tells no rule ids.</param>
/// <param name="Direction">As seen from the finding's group.</param>
/// <param name="Service">Protocol with ports, or type and code.</param>
/// <param name="Peer">The far end as the rule names it; a prefix list is not expanded.</param>
public sealed record EvidenceAtom(SecurityGroupRuleId? RuleId, Direction Direction, Service Service, Peer Peer) : IComparable<EvidenceAtom>
{
    /// <summary>The rule as evidence.</summary>
    public static EvidenceAtom Of(SecurityGroupRule rule) => new(rule.Id, rule.Direction, rule.Service, rule.Peer);

    /// <summary>What EC2 takes for the rule's identity.</summary>
    public RuleKey Key => new(Direction, Service, Peer);

    /// <inheritdoc/>
    public int CompareTo(EvidenceAtom? other) => other is null ? 1 : Key.CompareTo(other.Key);

    /// <summary>The rule in words, with its id when it has one: <c>egress tcp/443 to 0.0.0.0/0 (sgr-…)</c>.</summary>
    public override string ToString() => RuleId is { } id ? $"{Key} ({id})" : Key.ToString();

    /// <summary>By rule key.</summary>
    public static bool operator <(EvidenceAtom? left, EvidenceAtom? right) => left is null ? right is not null : left.CompareTo(right) < 0;

    /// <summary>By rule key.</summary>
    public static bool operator >(EvidenceAtom? left, EvidenceAtom? right) => left is not null && left.CompareTo(right) > 0;

    /// <summary>By rule key.</summary>
    public static bool operator <=(EvidenceAtom? left, EvidenceAtom? right) => left is null || left.CompareTo(right) <= 0;

    /// <summary>By rule key.</summary>
    public static bool operator >=(EvidenceAtom? left, EvidenceAtom? right) => left is null ? right is null : left.CompareTo(right) >= 0;
}
