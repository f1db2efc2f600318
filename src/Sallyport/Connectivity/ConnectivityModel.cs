using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sallyport.Connectivity.Networks;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>
/// An estate made ready for questions: a table for each group and direction, interfaces by address, and between which VPCs
/// references match. Immutable for its callers and safe for several threads.
/// (reference: reachability-and-synthesis §1.4, §2)
/// </summary>
public sealed partial class ConnectivityModel
{
    // Stands for the groups of interfaces that were read without them.
    private static readonly SecurityGroupId NotReadGroup = new("(groups not read)");

    private readonly Dictionary<SecurityGroupId, int> _groupIndex = [];
    private readonly List<SecurityGroupId> _groupIds = [];
    private readonly VpcId?[] _groupVpcs;
    private readonly int[] _groupVpcIndexes;
    private readonly int[] _nicVpc;
    private readonly int[] _nicCarrier;
    private readonly SideTable[] _egress;
    private readonly SideTable[] _ingress;
    private readonly int[][] _nicGroups;
    private readonly int _unreadGroup;
    private readonly Dictionary<int, (VpcId? Id, int Index)[]> _memberVpcs;
    private readonly Dictionary<string, int> _nicIndex;
    private readonly Lazy<NetworkLayers> _networks;
    private readonly Lazy<int[][]> _membersOf;

    private ConnectivityModel(Estate estate, NetworkOptions? options, ServicePool pool)
    {
        Estate = estate;
        Pool = pool;
        foreach (var group in estate.SecurityGroups) IndexOf(group.Id);
        MemberGaps = new MemberGaps(estate);
        _unreadGroup = estate.NetworkInterfaces.Any(MemberGaps.HasUnreadGroups) ? IndexOf(NotReadGroup) : -1;
        _nicGroups = [.. estate.NetworkInterfaces.Select(n => MemberGaps.HasUnreadGroups(n) ? [_unreadGroup] : n.Groups.Select(IndexOf).ToArray())];
        _nicIndex = new Dictionary<string, int>(estate.NetworkInterfaces.Length, StringComparer.Ordinal);
        for (var i = 0; i < estate.NetworkInterfaces.Length; i++) _nicIndex[estate.NetworkInterfaces[i].Id.Value] = i;

        Links = new VpcLinks(estate);
        _nicVpc = [.. estate.NetworkInterfaces.Select(n => Links.IndexOf(n.Vpc))];
        (_nicCarrier, CarrierCount) = Carriers();
        var builder = new SideTableBuilder(estate, Pool, MemberGaps, IndexOf);
        var egress = new List<SideTable>(_groupIds.Count);
        var ingress = new List<SideTable>(_groupIds.Count);
        foreach (var group in estate.SecurityGroups)
        {
            egress.Add(builder.Build(group, Direction.Egress));
            ingress.Add(builder.Build(group, Direction.Ingress));
        }

        var notRead = SideTableBuilder.NotRead(Pool);
        while (egress.Count < _groupIds.Count)
        {
            egress.Add(notRead);
            ingress.Add(notRead);
        }

        (_egress, _ingress) = ([.. egress], [.. ingress]);
        _groupVpcs = GroupVpcs();
        _groupVpcIndexes = [.. _groupVpcs.Select(Links.IndexOf)];
        _memberVpcs = MemberVpcs();
        Addresses = new AddressBook(estate);
        _networks = new(() => new NetworkLayers(estate, options));
        _membersOf = new(MakeMembers);
    }

    /// <summary>What was read.</summary>
    public Estate Estate { get; }

    /// <summary>Interfaces by address.</summary>
    public AddressBook Addresses { get; }

    /// <summary>Number of distinct service sets in the tables and in answers so far.</summary>
    public int DistinctServiceSets => Pool.Count;

    internal ServicePool Pool { get; }

    internal VpcLinks Links { get; }

    internal MemberGaps MemberGaps { get; }

    internal NetworkLayers Networks => _networks.Value;

    /// <summary>Number of groups, those that are only carried or named included.</summary>
    internal int GroupCount => _groupIds.Count;

    /// <summary>Number of distinct <see cref="CarrierOf"/>.</summary>
    internal int CarrierCount { get; }

    /// <summary>Builds the tables: O(rules log rules) for each group.</summary>
    public static ConnectivityModel Of(Estate estate, NetworkOptions? networks = null) => new(estate, networks, new ServicePool());

    /// <summary>The same with the numbers of another model's service sets, so that answers of the two can be compared number by number.</summary>
    public static ConnectivityModel Beside(ConnectivityModel other, Estate estate, NetworkOptions? networks = null) => new(estate, networks, other.Pool);

    /// <summary>What the groups of one end let through towards, or from, the other end.</summary>
    public Passage Side(Direction direction, Endpoint from, Endpoint to)
    {
        var passage = Side(direction, EndOf(from), EndOf(to));
        return UnfilteredBetween(from, to) is { IsEmpty: false } unfiltered ? passage.Or(new Passage(unfiltered, ServiceSet.Empty)) : passage;
    }

    /// <summary>Services no group filters on the way to an address: the VPC's resolver, metadata, time, DHCP.</summary>
    internal ServiceSet UnfilteredBetween(Endpoint from, Endpoint to) => to.Interface is null ? UnfilteredTo(to.Address, from.Vpc) : ServiceSet.Empty;

    /// <summary>The same towards an address that no interface holds.</summary>
    internal ServiceSet UnfilteredTo(Address to, VpcId? home) =>
        UnfilteredServices.To(to, home is { } id && Estate.Index.Vpcs.TryGetValue(id, out var vpc) ? vpc : null);

    /// <summary>
    /// What lies between two ends. An interface answers to the internet at its public address only: asked for by its private one, no
    /// route from there leads to it. (contract: "reach")
    /// </summary>
    internal PathJudgement PathBetween(Endpoint from, Endpoint to, bool isToPrivateAddress)
    {
        var path = Networks.Judge(from, to);
        if (!isToPrivateAddress || from.Interface is not null || to.Address.Family != IpFamily.V4 || !PublicSpace.InternetOf(IpFamily.V4).Contains(from.Address)) return path;
        var note = new PathNote(Layer.Route, to.Interface?.Id.Value ?? string.Empty, $"{to.Address} is a private address: the internet reaches the interface at its public address only.") { Stops = ServiceSet.Any };
        return path with { Route = Passage.Nothing, Notes = path.Notes.Add(note) };
    }

    /// <summary>The same by index; an interface filters nothing towards itself, nor when it carries no group.</summary>
    internal Passage Side(Direction direction, End from, End to)
    {
        var (near, far) = direction == Direction.Egress ? (from, to) : (to, from);
        if (near.Nic < 0) return MemberGaps.IsHidden(new Address(near.Family, near.Bits)) ? Passage.NotKnown : Passage.Everything;
        var groups = _nicGroups[near.Nic];
        if (groups.Length == 0 || near.Nic == far.Nic) return Passage.Everything;
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        AddSide(direction, groups, _nicVpc[near.Nic], FarOf(far), ref allowed, ref doubt);
        return new Passage(Pool[allowed], Pool[doubt]);
    }

    /// <summary>A side where references cannot match: what the blocks allow for an address.</summary>
    internal Passage SideByAddress(Direction direction, int nic, End far)
    {
        if (_nicGroups[nic].Length == 0) return Passage.Everything;
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        AddSide(direction, _nicGroups[nic], _nicVpc[nic], new Far([], -1, far.Family, far.Bits), ref allowed, ref doubt);
        return new Passage(Pool[allowed], Pool[doubt]);
    }

    /// <summary>The far end of a side, as the near end's groups see it.</summary>
    internal Far FarOf(End end) => end.Nic < 0
        ? new Far(null, -1, end.Family, end.Bits)
        : new Far(_nicGroups[end.Nic], _nicVpc[end.Nic], end.Family, end.Bits);

    /// <summary>Adds what the groups of a near end in a VPC allow for a far end.</summary>
    internal void AddSide(Direction direction, int[] groups, int nearVpc, in Far far, ref int allowed, ref int doubt)
    {
        var tables = direction == Direction.Egress ? _egress : _ingress;
        foreach (var group in groups)
        {
            var table = tables[group];
            allowed = Pool.Union(allowed, table.At(far.Family, far.Bits));
            if (far.Groups is not null && table.ReferenceGroups.Length > 0) AddReferences(direction, table, nearVpc, far, ref allowed, ref doubt);
            if (table.HasDoubts) AddDoubts(direction, table, nearVpc, far, ref doubt);
        }
    }

    internal int IndexOf(SecurityGroupId group)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_groupIndex, group, out var exists);
        if (!exists)
        {
            index = _groupIds.Count;
            _groupIds.Add(group);
        }

        return index;
    }

    internal int? FindGroup(SecurityGroupId group) => _groupIndex.TryGetValue(group, out var index) ? index : null;

    internal SecurityGroupId GroupId(int group) => _groupIds[group];

    internal VpcId? GroupVpc(int group) => _groupVpcs[group];

    internal int GroupVpcIndex(int group) => _groupVpcIndexes[group];

    internal SideTable Table(Direction direction, int group) => (direction == Direction.Egress ? _egress : _ingress)[group];

    internal int[] GroupsOf(int nic) => _nicGroups[nic];

    /// <summary>Indexes of the interfaces that carry a group.</summary>
    internal int[] MembersOf(int group) => _membersOf.Value[group];

    internal int NicOf(NetworkInterfaceId id) => _nicIndex.GetValueOrDefault(id.Value, -1);

    internal End EndOf(Endpoint endpoint) =>
        new(endpoint.Interface is { } nic ? NicOf(nic.Id) : -1, endpoint.Address.Family, endpoint.Address.Bits);

    internal int VpcOf(int nic) => _nicVpc[nic];

    /// <summary>Number that interfaces with the same groups in the same VPC share: what references say of one, they say of all.</summary>
    internal int CarrierOf(int nic) => _nicCarrier[nic];

    /// <summary>Adds what references to the far end's groups allow.</summary>
    internal void AddReferences(Direction direction, SideTable table, int nearVpc, in Far far, ref int allowed, ref int doubt)
    {
        var named = ServicePool.Empty;
        foreach (var group in far.Groups!) named = Pool.Union(named, ReferenceTo(table, group));
        if (named == ServicePool.Empty) return;
        var carries = Links.Between(nearVpc, far.Vpc).Carries(direction);
        if (carries == true && !CarriesUnread(far.Groups)) allowed = Pool.Union(allowed, named);
        else if (carries != false) doubt = Pool.Union(doubt, named);
    }

    /// <summary>What a table allows by reference to one group; of an interface whose groups were not read, what it allows to any.</summary>
    internal int ReferenceTo(SideTable table, int group) => group == _unreadGroup ? table.AnyReference(Pool) : table.Reference(group);

    /// <summary>True for the groups of an interface of which they were not read: what references allow it is in doubt.</summary>
    internal bool CarriesUnread(int[] groups) => groups.Length == 1 && groups[0] == _unreadGroup;

    /// <summary>True when an address of a range that no interface holds may be that of an unread member, for rules of a near end in a VPC.</summary>
    internal bool MayBeMember(Direction direction, int nearVpc, int group, IpFamily family, AddressRange range)
    {
        foreach (var (vpc, index) in _memberVpcs[group])
        {
            if (Links.Between(nearVpc, index).Carries(direction) != false && MemberGaps.MayBelong(family, range, vpc)) return true;
        }

        return false;
    }

    private void AddDoubts(Direction direction, SideTable table, int nearVpc, in Far far, ref int doubt)
    {
        doubt = Pool.Union(doubt, table.DoubtAlways);
        if (far.Groups is not null) return;
        foreach (var (group, services) in table.DoubtfulReferences)
        {
            if (MayBeMember(direction, nearVpc, group, far.Family, new AddressRange(far.Bits, far.Bits))) doubt = Pool.Union(doubt, services);
        }
    }

    /// <summary>Where members may be of the groups whose members were not all read.</summary>
    private Dictionary<int, (VpcId? Id, int Index)[]> MemberVpcs()
    {
        var further = Estate.VpcAssociations.Where(a => a.State == "associated").ToLookup(a => a.Group, a => (VpcId?)a.Vpc);
        return Enumerable.Range(0, _groupIds.Count)
            .Where(g => MemberGaps.AreIncomplete(_groupIds[g]))
            .ToDictionary(g => g, g => further[_groupIds[g]].Prepend(_groupVpcs[g]).Select(v => (v, Links.IndexOf(v))).ToArray());
    }

    // The VPC of a group that was not read is told by the references to it: the one they name, or their owner's.
    private VpcId?[] GroupVpcs()
    {
        var vpcs = new VpcId?[_groupIds.Count];
        for (var i = 0; i < Estate.SecurityGroups.Length; i++) vpcs[i] = Estate.SecurityGroups[i].Vpc;
        foreach (var group in Estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is not GroupPeer peer || !_groupIndex.TryGetValue(peer.Group, out var index) || index < Estate.SecurityGroups.Length) continue;
                vpcs[index] ??= peer.Vpc ?? group.Vpc;
            }
        }

        return vpcs;
    }

    private (int[] ByNic, int Count) Carriers()
    {
        var known = new Dictionary<Carrier, int>();
        var result = new int[_nicGroups.Length];
        for (var nic = 0; nic < result.Length; nic++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, new Carrier(_nicGroups[nic], _nicVpc[nic]), out var exists);
            if (!exists) number = known.Count - 1;
            result[nic] = number;
        }

        return (result, known.Count);
    }

    private int[][] MakeMembers()
    {
        var lists = new List<int>?[_groupIds.Count];
        for (var nic = 0; nic < _nicGroups.Length; nic++)
        {
            foreach (var group in _nicGroups[nic]) (lists[group] ??= []).Add(nic);
        }

        return [.. lists.Select(l => l is null ? [] : l.ToArray())];
    }
}
