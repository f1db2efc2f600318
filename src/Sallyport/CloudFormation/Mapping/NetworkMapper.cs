using System.Collections.Immutable;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.CloudFormation.Values;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>VPCs and what belongs to them. A thing of which an essential part is not known is left out, with a gap at its id.</summary>
internal sealed partial class NetworkMapper(IReadOnlyList<TemplateResource> resources, Evaluator evaluator, Identities identities, Scope scope, EstateBuilder into)
{
    private const string PickedByAws = "Its IPv6 block is known only when the stack is deployed.";

    private static readonly ImmutableArray<string> BlockFields = ["CidrBlock", "Ipv6CidrBlock"];

    private readonly Dictionary<SubnetId, VpcId> _vpcOfSubnet = [];
    private readonly Dictionary<string, ImmutableArray<Cidr>> _vpcBlocks = new(StringComparer.Ordinal);

    /// <summary>Adds them all.</summary>
    public void Map()
    {
        foreach (var vpc in Of("AWS::EC2::VPC")) AddVpc(vpc);
        foreach (var subnet in Of("AWS::EC2::Subnet")) AddSubnet(subnet);
        foreach (var list in Of("AWS::EC2::PrefixList")) AddPrefixList(list);
        foreach (var endpoint in Of("AWS::EC2::VPCEndpoint")) AddEndpoint(endpoint);
        foreach (var peering in Of("AWS::EC2::VPCPeeringConnection")) AddPeering(peering);
        AddGateways();
        foreach (var table in Of("AWS::EC2::RouteTable")) AddRouteTable(table);
        foreach (var acl in Of("AWS::EC2::NetworkAcl")) AddAcl(acl);
    }

    /// <summary>Resources of a type that may exist.</summary>
    private IEnumerable<TemplateResource> Of(string type) =>
        resources.Where(r => r.Type == type && evaluator.Exists(r, World.Open()) != false);

    /// <summary>Reads a resource when it comes out alike however open conditions fall; else leaves a gap and gives null.</summary>
    private T? Read<T>(TemplateResource resource, GapKind kind, string id, Func<ResourceReader, T?> read)
        where T : class
    {
        var worlds = WorldExplorer.Explore(w => evaluator.Exists(resource, w) == true ? read(new ResourceReader(evaluator, resource, w)) : null);
        var values = worlds.Results.Select(r => r.Value).OfType<T>().ToList();
        if (!worlds.IsCutOff && values.Count == 1) return values[0];
        Gap(kind, id, values.Count > 1 || worlds.IsCutOff ? "it depends on conditions that are not known" : "a part of it is known only when the stack is deployed");
        return null;
    }

    private void Gap(GapKind kind, string id, string why) => into.Add(new EstateGap(kind, id, $"It was left out: {why}."));

    private void AddVpc(TemplateResource resource)
    {
        var id = identities.Of(resource);
        var more = Of("AWS::EC2::VPCCidrBlock").Where(b => identities.Of(evaluator.Property(b, "VpcId", World.Open())) == id).ToList();
        var vpc = Read(resource, GapKind.Vpcs, id, r =>
        {
            if (BlockOf(r, "CidrBlock") is not { } first) return null;
            var blocks = ImmutableArray.CreateBuilder<Cidr>();
            blocks.Add(first);
            foreach (var block in more)
            {
                var part = new ResourceReader(evaluator, block, World.Open());
                if (part.Flag("AmazonProvidedIpv6CidrBlock")) continue;
                if (block.Condition is not null || (BlockOf(part, "CidrBlock") ?? BlockOf(part, "Ipv6CidrBlock")) is not { } further) return null;
                blocks.Add(further);
            }

            return new Vpc(new VpcId(id), scope) { Cidrs = [.. blocks.Order()], Tags = r.Tags() };
        });
        if (vpc is null) return;
        if (more.Any(b => new ResourceReader(evaluator, b, World.Open()).Flag("AmazonProvidedIpv6CidrBlock"))) into.Add(new EstateGap(GapKind.Vpcs, id, PickedByAws));
        _vpcBlocks[id] = vpc.Cidrs;
        into.Add(vpc);
    }

    private void AddSubnet(TemplateResource resource)
    {
        var id = identities.Of(resource);
        var subnet = Read(resource, GapKind.Subnets, id, r =>
        {
            if (identities.VpcOf(r.Get("VpcId")) is not { } vpc) return null;
            var blocks = ImmutableArray.CreateBuilder<Cidr>();
            foreach (var field in BlockFields)
            {
                if (r.Get(field) is NothingValue || IsPicked(r, field)) continue;
                if (BlockOf(r, field) is not { } block) return null;
                blocks.Add(block);
            }

            return blocks.Count == 0 ? null : new Subnet(new SubnetId(id), scope, vpc)
            {
                Cidrs = [.. blocks.Order()],
                AvailabilityZone = r.Text("AvailabilityZone") ?? string.Empty,
                MapPublicIpOnLaunch = r.Flag("MapPublicIpOnLaunch"),
                Tags = r.Tags(),
            };
        });
        if (subnet is null) return;
        _vpcOfSubnet[subnet.Id] = subnet.Vpc;
        into.Add(subnet);
        if (IsPicked(new ResourceReader(evaluator, resource, World.Open()), "Ipv6CidrBlock")) into.Add(new EstateGap(GapKind.Subnets, id, PickedByAws));
    }

    private void AddPrefixList(TemplateResource resource)
    {
        var id = identities.Of(resource);
        var list = Read(resource, GapKind.PrefixLists, id, r =>
        {
            var entries = ImmutableArray.CreateBuilder<PrefixListEntry>();
            var isWhole = true;
            foreach (var item in r.Items("Entries"))
            {
                if (item is MapValue map && map.Find("Cidr") is TextValue { Text: var text } && Cidr.TryParse(text.Trim(), out var block)) entries.Add(new PrefixListEntry(block, map.Find("Description")?.Written ?? string.Empty));
                else isWhole = false;
            }

            return new PrefixList(new PrefixListId(id), scope)
            {
                Name = r.Text("PrefixListName") ?? resource.LogicalId,
                Owner = scope.Account,
                Family = r.Text("AddressFamily") == "IPv6" ? IpFamily.V6 : IpFamily.V4,
                MaxEntries = r.Number("MaxEntries"),
                Entries = isWhole ? [.. entries.DistinctBy(e => e.Cidr).OrderBy(e => e.Cidr)] : null,
                Tags = r.Tags(),
            };
        });
        if (list is not null) into.Add(list);
    }

    private void AddEndpoint(TemplateResource resource)
    {
        var id = identities.TargetOf(resource, "vpce-");
        var endpoint = Read(resource, GapKind.VpcEndpoints, id, r =>
        {
            if (identities.VpcOf(r.Get("VpcId")) is not { } vpc) return null;
            var kind = r.Text("VpcEndpointType") ?? "Gateway";
            return new VpcEndpoint(id, scope, vpc)
            {
                Kind = kind,
                Service = r.Written("ServiceName") ?? string.Empty,
                State = "available",
                Groups = [.. r.Items("SecurityGroupIds").Select(identities.GroupOf).OfType<SecurityGroupId>().Distinct().Order()],
                Interfaces = kind == "Gateway" ? [] : [new NetworkInterfaceId(identities.Of(resource))],
                RouteTables = [.. r.Items("RouteTableIds").Select(identities.Of).OfType<string>().Order(StringComparer.Ordinal)],
                Tags = r.Tags(),
            };
        });
        if (endpoint is not null) into.Add(endpoint);
    }

    private void AddPeering(TemplateResource resource)
    {
        var id = identities.TargetOf(resource, "pcx-");
        var peering = Read(resource, GapKind.Peerings, id, r =>
        {
            if (identities.VpcOf(r.Get("VpcId")) is not { } own || identities.VpcOf(r.Get("PeerVpcId")) is not { } far) return null;
            var farScope = new Scope(r.Get("PeerOwnerId") is NothingValue ? scope.Account : r.Text("PeerOwnerId") ?? string.Empty, r.Get("PeerRegion") is NothingValue ? scope.Region : r.Text("PeerRegion") ?? string.Empty);
            return new Peering(new PeeringId(id), EndOf(own, scope), EndOf(far, farScope)) { Tags = r.Tags() };
        });
        if (peering is not null) into.Add(peering);
    }

    // AWS gives a VPC its IPv6 block when it makes it, so that a subnet's is cut out of what nobody knows yet. Its IPv4 block is known all the same.
    private static bool IsPicked(ResourceReader r, string field) => field == "Ipv6CidrBlock" && r.Get(field) is not (NothingValue or TextValue);

    private PeeringEnd EndOf(VpcId vpc, Scope where) => new(vpc, where) { Cidrs = _vpcBlocks.GetValueOrDefault(vpc.Value, []) };

    private static Cidr? BlockOf(ResourceReader reader, string field) =>
        reader.Text(field) is { } text && Cidr.TryParse(text.Trim(), out var block) ? block : null;
}
