using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Lab.Storage;

/// <summary>Everything a lab keeps across runs, as the state file holds it.</summary>
internal sealed record StateDocument
{
    /// <summary>Version of the file's shape this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    public required int SchemaVersion { get; init; }

    public required long IdsMade { get; init; }

    public required ImmutableArray<Scope> Scopes { get; init; }

    public required ImmutableArray<SecurityGroup> SecurityGroups { get; init; }

    public required ImmutableArray<NetworkInterface> NetworkInterfaces { get; init; }

    public required ImmutableArray<Vpc> Vpcs { get; init; }

    public required ImmutableArray<Subnet> Subnets { get; init; }

    public required ImmutableArray<RouteTable> RouteTables { get; init; }

    public required ImmutableArray<NetworkAcl> NetworkAcls { get; init; }

    public required ImmutableArray<PrefixListState> PrefixLists { get; init; }

    public required ImmutableArray<Peering> Peerings { get; init; }

    public required ImmutableArray<VpcEndpoint> VpcEndpoints { get; init; }

    public required ImmutableArray<Gateway> Gateways { get; init; }

    public required ImmutableArray<TransitGatewayAttachment> TransitAttachments { get; init; }

    public required ImmutableArray<TransitGatewayRouteTable> TransitRouteTables { get; init; }

    public required ImmutableArray<Instance> Instances { get; init; }

    public required ImmutableArray<FlowLog> FlowLogs { get; init; }

    public required ImmutableArray<VpcAssociation> Associations { get; init; }

    /// <summary>Takes what a lab holds, sorted by account, Region and id.</summary>
    public static StateDocument Of(World world)
    {
        return new StateDocument
        {
            SchemaVersion = CurrentVersion,
            IdsMade = world.Ids.Count,
            Scopes = [.. world.Regions.Select(r => r.Scope)],
            SecurityGroups = Sorted(r => r.Groups, g => g.Id.Value),
            NetworkInterfaces = Sorted(r => r.Interfaces, i => i.Id.Value),
            Vpcs = Sorted(r => r.Vpcs, v => v.Id.Value),
            Subnets = Sorted(r => r.Subnets, s => s.Id.Value),
            RouteTables = Sorted(r => r.RouteTables, t => t.Id),
            NetworkAcls = Sorted(r => r.NetworkAcls, a => a.Id),
            PrefixLists = Sorted(r => r.PrefixLists, p => p.List.Id.Value),
            Peerings = [.. world.Peerings.Values.OrderBy(p => p.Id)],
            VpcEndpoints = Sorted(r => r.Endpoints, e => e.Id),
            Gateways = Sorted(r => r.Gateways, g => g.Id),
            TransitAttachments = Sorted(r => r.TransitAttachments, a => a.Id),
            TransitRouteTables = Sorted(r => r.TransitRouteTables, t => t.Id),
            Instances = Sorted(r => r.Instances, i => i.Id),
            FlowLogs = Sorted(r => r.FlowLogs, f => f.Id),
            Associations = [.. world.Associations],
        };

        ImmutableArray<T> Sorted<T>(Func<RegionState, Shelf<T>> shelf, Func<T, string> id)
            where T : class =>
            [.. world.Regions.SelectMany(r => shelf(r).Values.OrderBy(id, StringComparer.Ordinal))];
    }

    /// <summary>Fills an empty lab.</summary>
    public void LoadInto(World world)
    {
        world.Ids.Count = IdsMade;
        foreach (var scope in Scopes) world.Region(scope);
        foreach (var v in SecurityGroups) world.Region(v.Scope).Load(v);
        foreach (var v in NetworkInterfaces) world.Region(v.Scope).Interfaces.Load(v.Id.Value, v);
        foreach (var v in Vpcs) world.Region(v.Scope).Vpcs.Load(v.Id.Value, v);
        foreach (var v in Subnets) world.Region(v.Scope).Subnets.Load(v.Id.Value, v);
        foreach (var v in RouteTables) world.Region(v.Scope).RouteTables.Load(v.Id, v);
        foreach (var v in NetworkAcls) world.Region(v.Scope).NetworkAcls.Load(v.Id, v);
        foreach (var v in PrefixLists) world.Region(v.List.Scope).PrefixLists.Load(v.List.Id.Value, v);
        foreach (var v in Peerings) world.Peerings.Load(v.Id.Value, v);
        foreach (var v in VpcEndpoints) world.Region(v.Scope).Endpoints.Load(v.Id, v);
        foreach (var v in Gateways) world.Region(v.Scope).Gateways.Load(v.Id, v);
        foreach (var v in TransitAttachments) world.Region(v.Scope).TransitAttachments.Load(v.Id, v);
        foreach (var v in TransitRouteTables) world.Region(v.Scope).TransitRouteTables.Load(v.Id, v);
        foreach (var v in Instances) world.Region(v.Scope).Instances.Load(v.Id, v);
        foreach (var v in FlowLogs) world.Region(v.Scope).FlowLogs.Load(v.Id, v);
        world.Associations.AddRange(Associations);
    }

    /// <summary>A clause that says what the shape cannot: ids and rules that are missing or come twice. Null when all is well.</summary>
    public string? Problem()
    {
        if (SchemaVersion != CurrentVersion) return $"its schemaVersion is {SchemaVersion}, and this program knows {CurrentVersion}";
        if (Scopes.IsEmpty) return "it lists no account and Region";
        if (Scopes.Any(s => s.Account.Length != 12 || !s.Account.All(char.IsAsciiDigit) || s.Region.Length == 0)) return "a scope is not ACCOUNT/REGION";
        var known = Scopes.ToHashSet();
        var stray = SecurityGroups.Select(g => g.Scope).Concat(Vpcs.Select(v => v.Scope)).FirstOrDefault(s => !known.Contains(s));
        if (stray != default) return $"it has things in {stray}, which it does not list";
        if (IdsMade < 0) return "idsMade is negative";
        var groups = new HashSet<SecurityGroupId>();
        foreach (var group in SecurityGroups)
        {
            if (!groups.Add(group.Id)) return $"the group {group.Id} comes twice";
            if (group.Rules.Any(r => r.Id is null)) return $"a rule of {group.Id} has no id";
            if (group.Rules.DistinctBy(r => r.Id).Count() != group.Rules.Length) return $"a rule id of {group.Id} comes twice";
            if (group.Rules.DistinctBy(r => r.Key).Count() != group.Rules.Length) return $"a rule of {group.Id} comes twice";
        }

        return null;
    }
}
