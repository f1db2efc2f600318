using System.Collections.Immutable;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;

namespace Sallyport.Anomalies;

/// <summary>The rules of one direction of a group, and what finders share about them.</summary>
internal sealed class GroupSide
{
    private readonly Lazy<GroupMembers> _members;
    private RuleOverlaps? _overlaps;
    private ImmutableArray<RuleBox> _boxes;

    public GroupSide(EstateFacts facts, SecurityGroup group, Direction direction, Lazy<GroupMembers> members)
    {
        Facts = facts;
        Group = group;
        Direction = direction;
        Rules = group.RulesOf(direction);
        _members = members;
    }

    public EstateFacts Facts { get; }

    public SecurityGroup Group { get; }

    public Direction Direction { get; }

    /// <summary>By key.</summary>
    public ImmutableArray<SecurityGroupRule> Rules { get; }

    /// <summary>One a rule, in the same order.</summary>
    public ImmutableArray<RuleBox> Boxes
    {
        get
        {
            if (_boxes.IsDefault) _boxes = Facts.MakeBoxes(Group, Direction);
            return _boxes;
        }
    }

    public RuleOverlaps Overlaps => _overlaps ??= RuleOverlaps.Of(Rules, Facts);

    public GroupMembers Members => _members.Value;
}
