using Sallyport.Anomalies.Pairs;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>One group with what its rules share, worked out on first use and dropped with it.</summary>
internal sealed class GroupFacts
{
    private IReadOnlyList<NetworkInterface>? _members;
    private IReadOnlyList<PairJudgement>? _pairs;

    public GroupFacts(AuditContext context, SecurityGroup group)
    {
        Context = context;
        Group = group;
        Resource = FindingResource.Of(group);
        Ingress = new DirectionFacts(context, group, Direction.Ingress);
        Egress = new DirectionFacts(context, group, Direction.Egress);
    }

    public AuditContext Context { get; }

    public SecurityGroup Group { get; }

    public FindingResource Resource { get; }

    public DirectionFacts Ingress { get; }

    public DirectionFacts Egress { get; }

    /// <summary>A clause: that and why code does not tell the group's name; null when it is known, or when the source has no names.</summary>
    public string? NameDoubt => Group.UnknownName is { } why ? $"the group's name is not known: {why}" : null;

    /// <summary>A clause: that and why code does not tell the group's description; null when it is known.</summary>
    public string? DescriptionDoubt => Group.UnknownDescription is { } why ? $"the group's description is not known: {why}" : null;

    /// <summary>Interfaces that carry the group, as far as interfaces were read.</summary>
    public IReadOnlyList<NetworkInterface> Members => _members ??= Context.Estate.Index.MembersOf(Group.Id);

    /// <summary>A judgement on every rule whose peer is a group.</summary>
    public IReadOnlyList<PairJudgement> Pairs => _pairs ??= Context.Pairs.Judge(Group);

    /// <summary>
    /// True when an interface, endpoint or instance carries the group, false when none does, null when that is not known.
    /// Launch templates and other promises to use a group are not part of an estate.
    /// </summary>
    public bool? IsAttached
    {
        get
        {
            if (Members.Count > 0 || Context.Facts.IsAttachedElsewhere(Group.Id)) return true;
            return Context.Facts.IsMissing(GapKind.NetworkInterfaces, Group.Scope) ? null : false;
        }
    }

    /// <summary>True for a rule whose peer is the group itself.</summary>
    public bool IsSelf(SecurityGroupRule rule) => rule.Peer is GroupPeer peer && peer.Group == Group.Id;

    public DirectionFacts Of(Direction direction) => direction == Direction.Ingress ? Ingress : Egress;
}
