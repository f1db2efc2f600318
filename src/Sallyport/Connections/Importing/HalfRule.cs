using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>A half of a pair of groups as a file declares it: a one-sided connection, or a residual that names a group.</summary>
/// <param name="Owner">The group that has the rule.</param>
/// <param name="Far">The group it names.</param>
/// <param name="Direction">On which side of the owner.</param>
/// <param name="Services">As declared.</param>
internal sealed record HalfRule(SecurityGroup Owner, SecurityGroup Far, Direction Direction, ImmutableArray<Service> Services)
{
    /// <summary>The connection it is; null for a residual.</summary>
    public Connection? Connection { get; init; }

    /// <summary>The residual it is; null for a connection.</summary>
    public Residual? Residual { get; init; }

    public SecurityGroup From => Direction == Direction.Egress ? Owner : Far;

    public SecurityGroup To => Direction == Direction.Egress ? Far : Owner;

    /// <summary>The declared services that make up a subset, tuple for tuple where the subset is the whole.</summary>
    public ImmutableArray<Service> ServicesOf(ServiceSet subset) => Subset(Services, subset);

    /// <summary>Those of the services that lie wholly in the subset as they are; what else is in it as new services.</summary>
    public static ImmutableArray<Service> Subset(ImmutableArray<Service> services, ServiceSet subset)
    {
        var whole = services.Where(subset.Contains).ToList();
        return [.. whole.Concat(subset.Subtract(ServiceSet.Of(whole)).ToServices()).Distinct().Order()];
    }
}
