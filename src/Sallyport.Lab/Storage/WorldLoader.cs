using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Groups;
using Sallyport.Lab.Networks;

namespace Sallyport.Lab.Storage;

/// <summary>Fills a new lab from an estate, or with what a fresh AWS account has.</summary>
internal static class WorldLoader
{
    private const string UnknownAccount = "111122223333";
    private const string UnknownRegion = "us-east-1";

    public static void Load(World world, LabOptions options)
    {
        var isFresh = options.Estate is null || options.Estate.Scopes.IsEmpty;
        ImmutableArray<Scope> scopes = options.Scopes ?? (isFresh ? LabOptions.DefaultScopes : []);
        foreach (var scope in scopes) world.Region(scope);
        if (!isFresh)
        {
            Load(world, options.Estate!);
            return;
        }

        foreach (var first in scopes.DistinctBy(s => s.Account)) NetworkMaker.CreateDefaultVpc(world, world.Region(first));
        foreach (var region in world.Regions.ToList()) NetworkMaker.AddAwsPrefixLists(world, region);
    }

    private static void Load(World world, Estate estate)
    {
        foreach (var scope in estate.Scopes) world.Region(Known(scope));
        foreach (var v in estate.Vpcs) At(v.Scope).Vpcs.Load(v.Id.Value, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.Subnets) At(v.Scope).Subnets.Load(v.Id.Value, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.NetworkInterfaces) At(v.Scope).Interfaces.Load(v.Id.Value, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.RouteTables) At(v.Scope).RouteTables.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.NetworkAcls) At(v.Scope).NetworkAcls.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.VpcEndpoints) At(v.Scope).Endpoints.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.Gateways) At(v.Scope).Gateways.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.TransitGatewayAttachments) At(v.Scope).TransitAttachments.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.TransitGatewayRouteTables) At(v.Scope).TransitRouteTables.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.Instances) At(v.Scope).Instances.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.FlowLogs) At(v.Scope).FlowLogs.Load(v.Id, v with { Scope = Known(v.Scope) });
        foreach (var v in estate.PublicAccessBlocks.Where(b => b.Mode.Length > 0)) At(v.Scope).PublicAccessMode = v.Mode;
        foreach (var v in estate.PublicAccessExclusions) At(v.Scope).PublicAccessExclusions.Add(v);
        foreach (var v in estate.Peerings) world.Peerings.Load(v.Id.Value, v);
        foreach (var v in estate.PrefixLists) At(v.Scope).PrefixLists.Load(v.Id.Value, new PrefixListState(v with { Scope = Known(v.Scope) }));
        foreach (var v in estate.SecurityGroups) At(v.Scope).Load(Complete(v with { Scope = Known(v.Scope) }));
        world.Associations.AddRange(estate.VpcAssociations);
        foreach (var region in world.Regions)
        {
            foreach (var group in region.Groups.Values.Where(g => g.Rules.Any(r => r.Peer is GroupPeer)).ToList()) region.Load(Connect(world, group));
        }

        RegionState At(Scope scope) => world.Region(Known(scope));
    }

    /// <summary>Completes what a reference reads back as: owner, and VPC and peering where it leads elsewhere.</summary>
    private static SecurityGroup Connect(World world, SecurityGroup group) => group with
    {
        Rules = [.. group.Rules.Select(r => r.Peer is GroupPeer peer ? r with { Peer = Connect(world, group, r.Direction, peer) } : r)],
    };

    private static GroupPeer Connect(World world, SecurityGroup owner, Direction direction, GroupPeer peer)
    {
        if (world.FindGroup(owner.Scope.Region, peer.Group) is not { } referenced) return peer;
        return ReferenceScope.Reach(world, owner, referenced, direction) ?? peer with { Account = peer.Account ?? referenced.Scope.Account };
    }

    /// <summary>A file may not say whose it is; the lab must.</summary>
    private static Scope Known(Scope scope) => new(
        scope.Account.Length > 0 && scope.Account != "AWS" ? scope.Account : UnknownAccount,
        scope.Region.Length > 0 ? scope.Region : UnknownRegion);

    /// <summary>Rules of the grouped view have no ids and no tags; the lab's have, always the same ones.</summary>
    private static SecurityGroup Complete(SecurityGroup group) => group with
    {
        At = null,
        Malformed = [],
        Rules =
        [
            .. group.Rules.Select(r => r with
            {
                Id = r.Id ?? new SecurityGroupRuleId(IdSequence.Derived("sgr-", $"{group.Id} {r.Key}")),
                Tags = r.Tags ?? Tags.None,
                File = null,
                Line = 0,
            }),
        ],
    };
}
