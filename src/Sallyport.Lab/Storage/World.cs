using Sallyport.Estates;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Storage;

/// <summary>Everything the lab holds, of every account and Region. Used under the server's one lock only.</summary>
internal sealed class World
{
    private readonly SortedDictionary<Scope, RegionState> _regions = [];
    private readonly Dictionary<string, List<RegionState>> _byName = [];

    public World(ReadView view)
    {
        View = view;
        Peerings = new Shelf<Peering>(view);
    }

    public ReadView View { get; }

    public IdSequence Ids { get; } = new();

    /// <summary>Peerings belong to both their ends.</summary>
    public Shelf<Peering> Peerings { get; }

    /// <summary>Groups used in further VPCs.</summary>
    public List<VpcAssociation> Associations { get; } = [];

    /// <summary>Sorted by account and Region.</summary>
    public IEnumerable<RegionState> Regions => _regions.Values;

    public IEnumerable<string> Accounts => _regions.Keys.Select(s => s.Account).Distinct();

    public IEnumerable<string> RegionNames => _regions.Keys.Select(s => s.Region).Distinct().Order(StringComparer.Ordinal);

    /// <summary>State of an account in a Region, made on first use.</summary>
    public RegionState Region(Scope scope)
    {
        if (_regions.TryGetValue(scope, out var known)) return known;
        var region = _regions[scope] = new RegionState(scope, View);
        if (!_byName.TryGetValue(scope.Region, out var sameName)) _byName[scope.Region] = sameName = [];
        sameName.Add(region);
        return region;
    }

    /// <summary>True when the lab serves a Region: where one account has it, every account may go there.</summary>
    public bool HasRegion(string name) => _byName.ContainsKey(name);

    /// <summary>A group of any account in a Region; null when there is none.</summary>
    public SecurityGroup? FindGroup(string region, SecurityGroupId id)
    {
        foreach (var state in In(region))
        {
            if (state.Groups[id.Value] is { } group) return group;
        }

        return null;
    }

    /// <summary>A VPC of any account and Region; null when there is none.</summary>
    public Vpc? FindVpc(VpcId id) => Regions.Select(r => r.Vpcs[id.Value]).FirstOrDefault(v => v is not null);

    /// <summary>A subnet of any account in a Region; null when there is none.</summary>
    public Subnet? FindSubnet(string region, SubnetId id) =>
        In(region).Select(r => r.Subnets[id.Value]).FirstOrDefault(s => s is not null);

    /// <summary>A prefix list an account can use in a Region: its own or one of AWS; null when there is none.</summary>
    public PrefixListState? FindPrefixList(Scope scope, PrefixListId id)
    {
        if (Region(scope).PrefixLists[id.Value] is { } own) return own;
        return In(scope.Region).Select(r => r.PrefixLists[id.Value]).FirstOrDefault(p => p is { List.IsAwsManaged: true });
    }

    /// <summary>A working peering between two VPCs; null when there is none.</summary>
    public Peering? ActivePeering(VpcId a, VpcId b) => Peerings.Values.FirstOrDefault(p => p.Status == "active"
        && ((p.Requester.Vpc == a && p.Accepter.Vpc == b) || (p.Requester.Vpc == b && p.Accepter.Vpc == a)));

    /// <summary>A new id that nothing has yet.</summary>
    public string NewId(ResourceKind kind) => Ids.Next(kind.Prefix);

    /// <summary>A VPC the caller may use: one of its account and Region, or one that its account has subnets or groups in.</summary>
    public Vpc UsableVpc(Scope scope, string id)
    {
        ResourceKind.Vpc.Check(id);
        return Region(scope).Vpcs[id] ?? SharedVpc(scope, new VpcId(id)) ?? throw Refusals.VpcNotFound(id);
    }

    /// <summary>Accounts' states in one Region.</summary>
    public IReadOnlyList<RegionState> In(string region) => _byName.GetValueOrDefault(region) ?? [];

    private Vpc? SharedVpc(Scope scope, VpcId id)
    {
        var used = Region(scope).Groups.Values.Any(g => g.Vpc == id);
        return used ? FindVpc(id) : null;
    }
}
