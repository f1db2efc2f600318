using Sallyport.Estates;

namespace Sallyport.Policies;

/// <summary>Interfaces that will carry a group, and nothing else of which is known, in one of the VPCs the group may be used in.</summary>
/// <param name="Group">The group.</param>
/// <param name="Vpc">The VPC; null when not known.</param>
internal readonly record struct FutureMember(SecurityGroupId Group, VpcId? Vpc)
{
    /// <summary>By group, then VPC.</summary>
    public static Comparer<FutureMember> Order { get; } = Comparer<FutureMember>.Create((a, b) =>
    {
        var order = a.Group.CompareTo(b.Group);
        return order != 0 ? order : string.CompareOrdinal(a.Vpc?.Value, b.Vpc?.Value);
    });
}
