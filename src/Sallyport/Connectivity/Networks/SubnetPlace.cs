using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Networks;

/// <summary>A subnet with the table and the ACL that hold for it; either is null when it was not read.</summary>
internal sealed class SubnetPlace
{
    public SubnetPlace(Subnet subnet, CompiledRoutes? routes, CompiledAcl? acl)
    {
        Id = subnet.Id;
        Vpc = subnet.Vpc;
        Zone = subnet.AvailabilityZone;
        Routes = routes;
        Acl = acl;
        Alone = [this];
    }

    /// <summary>The subnet's id.</summary>
    public SubnetId Id { get; }

    /// <summary>Its VPC.</summary>
    public VpcId Vpc { get; }

    /// <summary>Its zone; empty when unknown.</summary>
    public string Zone { get; }

    /// <summary>Its own table, or its VPC's main one.</summary>
    public CompiledRoutes? Routes { get; }

    /// <summary>Its ACL.</summary>
    public CompiledAcl? Acl { get; }

    /// <summary>A list of this one.</summary>
    public ImmutableArray<SubnetPlace> Alone { get; }
}
