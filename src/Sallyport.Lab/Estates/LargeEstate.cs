using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;
using Sallyport.Lab.Estates.Large;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates;

/// <summary>
/// An estate of any size with the sharing of real ones: applications of five groups that name each other, hubs that everybody
/// names, few services and networks, skewed rule counts, open egress here and there, IPv6 in every second VPC.
/// </summary>
public static class LargeEstate
{
    /// <summary>What the subnets of one VPC hold.</summary>
    internal const int InterfacesPerVpc = 30_000;

    /// <summary>
    /// Makes the estate: exactly as many groups, rules and interfaces as the options say, the same for the same options on every
    /// machine. Throws <see cref="ArgumentException"/> when <see cref="LargeEstateOptions.Problem"/> says it is impossible.
    /// </summary>
    public static Estate Create(LargeEstateOptions options)
    {
        if (options.Problem is { } problem) throw new ArgumentException(problem, nameof(options));
        var random = new SplitMix64(unchecked((ulong)options.Seed));
        var ids = new LargeIds(options.Seed);
        var estate = new EstateBuilder();
        foreach (var kind in Enum.GetValues<GapKind>()) estate.MarkCollected(kind);
        var counts = RuleCounts.Share(options.Rules, options.Groups, random);
        var vpcs = Vpcs(options, ids);
        var lists = new LargeLists();
        foreach (var vpc in vpcs)
        {
            lists.Add(vpc.Scope, estate, ids);
            var peer = PeerOf(vpc, vpcs);
            AddNetwork(estate, vpc, peer);
            var rules = new LargeRules(vpc, peer, lists.Of(vpc.Scope), counts.AsSpan(vpc.FirstGroup, vpc.GroupCount), random);
            AddGroups(estate, vpc, rules.Draw());
            new LargeInterfaces(vpc, random).AddTo(estate);
        }

        return estate.Build();
    }

    private static List<LargeVpc> Vpcs(LargeEstateOptions options, LargeIds ids)
    {
        var count = Math.Max(Ceiling(options.Groups, options.GroupsPerVpc), Ceiling(options.Interfaces, InterfacesPerVpc));
        var vpcs = new List<LargeVpc>(count);
        var (group, nic) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var (groups, nics) = (Part(options.Groups), Part(options.Interfaces));
            vpcs.Add(new LargeVpc(i, ScopeOf(i / options.VpcsPerRegion), group, groups, nic, nics, ids));
            (group, nic) = (group + groups, nic + nics);

            int Part(int total) => (total / count) + (i < total % count ? 1 : 0);
        }

        return vpcs;

        static int Ceiling(int a, int b) => (a / b) + (a % b == 0 ? 0 : 1);
    }

    /// <summary>Two accounts in each of four Regions, then two more accounts.</summary>
    private static Scope ScopeOf(int number)
    {
        var regions = LargeLists.Regions;
        var account = 500_000_000_000L + (37_000_001L * ((number / (2 * regions.Length) * 2) + (number % 2)));
        return new Scope($"{account}", regions[number / 2 % regions.Length].Region);
    }

    private static LargeVpc? PeerOf(LargeVpc vpc, List<LargeVpc> vpcs)
    {
        var other = vpc.Number ^ 1;
        return other < vpcs.Count && vpcs[other].Scope == vpc.Scope ? vpcs[other] : null;
    }

    private static void AddNetwork(EstateBuilder estate, LargeVpc vpc, LargeVpc? peer)
    {
        estate.Add(new Vpc(vpc.Id, vpc.Scope) { Cidrs = vpc.Cidrs, Tags = EstateDraft.Named($"vpc-{vpc.Number}") });
        var subnets = Enumerable.Range(0, LargeVpc.SubnetCount).ToList();
        foreach (var i in subnets)
        {
            estate.Add(new Subnet(vpc.SubnetId(i), vpc.Scope, vpc.Id)
            {
                Cidrs = vpc.HasIpv6 ? [vpc.SubnetCidr(i), vpc.SubnetCidrV6(i)] : [vpc.SubnetCidr(i)],
                AvailabilityZone = $"{vpc.Scope.Region}{(char)('a' + (i % 3))}",
            });
        }

        var gateway = vpc.Ids.Of("igw", vpc.Number);
        estate.Add(new Gateway(gateway, vpc.Scope, GatewayKind.Internet) { Vpcs = [vpc.Id], State = "available" });
        var routes = vpc.Cidrs.Select(c => new Route { Destination = c, Target = "local" }).ToList();
        routes.Add(new Route { Destination = Cidr.AnyV4, Target = gateway });
        if (vpc.HasIpv6) routes.Add(new Route { Destination = Cidr.AnyV6, Target = gateway });
        if (peer is not null) routes.Add(new Route { Destination = peer.Cidr, Target = vpc.Peering.Value });
        estate.Add(new RouteTable(vpc.Ids.Of("rtb", vpc.Number), vpc.Scope, vpc.Id)
        {
            IsMain = true,
            Routes = [.. routes.OrderBy(r => r.Destination.ToString(), StringComparer.Ordinal)],
        });
        estate.Add(new NetworkAcl(vpc.Ids.Of("acl", vpc.Number), vpc.Scope, vpc.Id)
        {
            IsDefault = true,
            Subnets = [.. subnets.Select(vpc.SubnetId).Order()],
            Entries = [.. DefaultEntries(vpc.HasIpv6)],
        });
        if (peer is not null && vpc.Number < peer.Number)
        {
            estate.Add(new Peering(
                vpc.Peering, new PeeringEnd(vpc.Id, vpc.Scope) { Cidrs = vpc.Cidrs }, new PeeringEnd(peer.Id, peer.Scope) { Cidrs = peer.Cidrs }));
        }
    }

    private static IEnumerable<NetworkAclEntry> DefaultEntries(bool ipv6)
    {
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            yield return new(direction, 100, Allows: true, Service.Any, Cidr.AnyV4);
            if (ipv6) yield return new(direction, 101, Allows: true, Service.Any, Cidr.AnyV6);
            yield return new(direction, 32767, Allows: false, Service.Any, Cidr.AnyV4);
            if (ipv6) yield return new(direction, 32768, Allows: false, Service.Any, Cidr.AnyV6);
        }
    }

    private static void AddGroups(EstateBuilder estate, LargeVpc vpc, IReadOnlyList<LargeGroup> groups)
    {
        var tiers = LargePools.Tiers;
        for (var i = 0; i < groups.Count; i++)
        {
            var (app, tier) = ($"app-{i / tiers.Length:d3}", tiers[i % tiers.Length]);
            var name = i == 0 ? "default" : $"{app}-{tier}";
            var owner = LargePools.Owners[i / tiers.Length % LargePools.Owners.Length];
            estate.Add(new SecurityGroup(groups[i].Id, vpc.Scope)
            {
                Name = name,
                Description = i == 0 ? "default VPC security group" : $"{tier} of {app}",
                Vpc = vpc.Id,
                Tags = i == 0 ? Tags.None : Tags.Of([new("Name", name), new("app", app), new("owner", owner)]),
                Rules = [.. groups[i].Rules],
            });
        }
    }
}
