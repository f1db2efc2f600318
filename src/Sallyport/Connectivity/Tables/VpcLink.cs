using Sallyport.Estates;

namespace Sallyport.Connectivity.Tables;

/// <summary>Whether references to groups are understood between two VPCs, for the rules of each direction; null when not read.</summary>
internal readonly record struct VpcLink(bool? Egress, bool? Ingress)
{
    /// <summary>Nothing between them carries references.</summary>
    public static VpcLink None { get; } = new(false, false);

    /// <summary>One VPC, or an active peering in one Region.</summary>
    public static VpcLink Full { get; } = new(true, true);

    /// <summary>A transit gateway with referencing on: ingress rules only.</summary>
    public static VpcLink IngressOnly { get; } = new(false, true);

    /// <summary>A transit gateway that perhaps permits references.</summary>
    public static VpcLink IngressUnknown { get; } = new(false, null);

    /// <summary>Not read.</summary>
    public static VpcLink Unknown { get; } = new(null, null);

    /// <summary>For the rules of one direction.</summary>
    public bool? Carries(Direction direction) => direction == Direction.Egress ? Egress : Ingress;

    /// <summary>Over either of two ways.</summary>
    public VpcLink Or(VpcLink other) => new(Either(Egress, other.Egress), Either(Ingress, other.Ingress));

    private static bool? Either(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;
}
