using System.Collections.Immutable;
using Sallyport.Connections.Importing;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Fixing;

/// <summary>
/// What takes the place of a group's open egress towards VPCs that only the internet connects: the addresses of the members that are
/// proven to be used, on the services that are. Never more than the open egress let out.
/// </summary>
internal sealed class InternetEgress
{
    /// <summary>Addresses of one family beyond which they are not written out one by one: the most rules that AWS grants a group.</summary>
    public const int MostTargets = 1_000;

    // Blocks that stand for several addresses are no wider: an organisation's, not a provider's.
    private const int WidestV4 = 16;
    private const int WidestV6 = 40;

    private readonly Estate _estate;
    private readonly AllowedTraffic _open;

    private InternetEgress(Estate estate, AllowedTraffic open, ImmutableArray<InternetMeeting> meetings, ImmutableArray<InternetMeeting> unproven)
    {
        (_estate, _open) = (estate, open);
        Kept = Uses(meetings);
        var kept = Kept.ToDictionary(k => k.Far.Id, k => k.Services);
        Lost = [.. Uses(unproven).Select(u => (u.Far, Services: u.Services.Subtract(kept.GetValueOrDefault(u.Far.Id, ServiceSet.Empty)))).Where(u => !u.Services.IsEmpty)];
        Meetings = meetings;
    }

    /// <summary>Groups whose members are proven to be used, with the services; sorted.</summary>
    public ImmutableArray<(SecurityGroup Far, ServiceSet Services)> Kept { get; }

    /// <summary>The same of what nothing proves, and what is therefore taken away.</summary>
    public ImmutableArray<(SecurityGroup Far, ServiceSet Services)> Lost { get; }

    /// <summary>True when there are more IPv4 addresses than any quota permits; blocks that hold them belong to others too.</summary>
    public bool IsTooMuch => Meetings.Length > 0 && TargetsIn(IpFamily.V4) > MostTargets;

    private ImmutableArray<InternetMeeting> Meetings { get; }

    /// <summary>Looks up what a group's open egress is used for.</summary>
    public static InternetEgress Of(SecurityGroup group, IEnumerable<RuleKey> open, FixContext context)
    {
        var traffic = context.TrafficOf(open);
        var all = context.Internet.Of(group, traffic, countsWorld: true).ToImmutableArray();
        if (!context.AssumesUnneeded || all.IsEmpty) return new InternetEgress(context.Estate, traffic, all, []);
        return new InternetEgress(context.Estate, traffic, [.. context.Internet.Of(group, traffic, countsWorld: false)], all);
    }

    /// <summary>
    /// The rules: single addresses; where they do not fit, the smallest blocks that hold several of them, as far as the open egress let out
    /// all of what the blocks do.
    /// </summary>
    /// <param name="room">How many rules of a family fit beside the others.</param>
    public ImmutableArray<RuleKey> Rules(Func<IpFamily, int> room) => [.. Rules(IpFamily.V4, room).Concat(Rules(IpFamily.V6, room)).Order()];

    private ImmutableArray<RuleKey> Rules(IpFamily family, Func<IpFamily, int> room)
    {
        var used = TargetsIn(family) <= MostTargets || family == IpFamily.V4 ? Exact(family, Meetings) : InBlocks();
        if (used.Count == 0) return [];
        var rules = RulesOf(used);
        var most = room(family);
        return rules.Length <= most ? rules : RulesOf(Joined(used, family, most));
    }

    /// <summary>The groups that a rule leads to, for its description.</summary>
    public string ReasonOf(RuleKey rule)
    {
        var block = ((CidrPeer)rule.Peer).Cidr;
        var range = new AddressRange(block.Bits, block.Last.Bits);
        var names = Meetings
            .Where(m => m.Family == block.Family && m.Targets.Addresses.Overlaps(range) && m.Admitted.Overlaps(rule.Service.Interval))
            .Select(m => m.Far.Name.Length > 0 ? m.Far.Name : m.Far.Id.Value).Distinct().Order(StringComparer.Ordinal).ToList();
        return $"admitted by {string.Join(", ", names.Take(2))}{(names.Count > 2 ? $" and {names.Count - 2} more" : string.Empty)} over the internet, was open egress";
    }

    private ImmutableArray<(SecurityGroup Far, ServiceSet Services)> Uses(ImmutableArray<InternetMeeting> meetings) =>
    [
        .. meetings.GroupBy(m => m.Far.Id)
            .Select(far => (far.First().Far, Services: far.Aggregate(ServiceSet.Empty, (sum, m) => sum.Union(GroupTraffic.Some(OpenIn(m.Family), m.Targets.Addresses).Intersect(m.Admitted)))))
            .Where(u => !u.Services.IsEmpty)
            .OrderBy(u => u.Far.Id),
    ];

    /// <summary>The addresses that are used, sorted, with the services.</summary>
    private List<(Cidr Block, ServiceSet Services)> Exact(IpFamily family, IEnumerable<InternetMeeting> meetings)
    {
        var boxes = meetings.Where(m => m.Family == family).SelectMany(m => m.Targets.Addresses.Ranges.Select(r => new AddressServices.Slab(r, m.Admitted)));
        var used = AddressServices.FromBoxes(family, boxes).Intersect(OpenIn(family));
        return [.. used.Slabs.SelectMany(s => AddressSet.FromRanges(family, [s.Range]).ToCidrs().Select(c => (c, s.Services)))];
    }

    /// <summary>The IPv6 blocks of whole VPCs, and the addresses that lie in none.</summary>
    private List<(Cidr Block, ServiceSet Services)> InBlocks()
    {
        var (result, rest) = (new List<(Cidr Block, ServiceSet Services)>(), new List<InternetMeeting>());
        foreach (var vpc in Meetings.Where(m => m.Family == IpFamily.V6).GroupBy(m => m.Far.Vpc!.Value))
        {
            var wanted = vpc.Aggregate(ServiceSet.Empty, (sum, m) => sum.Union(m.Admitted.Intersect(GroupTraffic.Some(OpenIn(IpFamily.V6), m.Targets.Addresses))));
            ImmutableArray<Cidr> blocks = _estate.Index.Vpcs.TryGetValue(vpc.Key, out var read) ? [.. read.Cidrs.Where(c => c.Family == IpFamily.V6 && IsOpen(c, wanted))] : [];
            var covered = AddressSet.Of(IpFamily.V6, blocks);
            if (vpc.All(m => m.Targets.Addresses.IsSubsetOf(covered))) result.AddRange(blocks.Select(b => (b, wanted)));
            else rest.AddRange(vpc);
        }

        return [.. result.Concat(Exact(IpFamily.V6, rest)).OrderBy(r => r.Block)];
    }

    /// <summary>Joins neighbours, those first that share the longest prefix, until they fit or nothing more may be joined.</summary>
    private List<(Cidr Block, ServiceSet Services)> Joined(List<(Cidr Block, ServiceSet Services)> used, IpFamily family, int most)
    {
        var widest = family == IpFamily.V4 ? WidestV4 : WidestV6;
        var shared = used.Zip(used.Skip(1), (a, b) => SharedBits(a.Block, b.Block)).ToArray();
        var rules = used.Sum(u => u.Services.ToServices().Length);
        var first = Enumerable.Range(0, used.Count).ToArray();
        foreach (var i in Enumerable.Range(0, shared.Length).Where(i => shared[i] >= widest).OrderByDescending(i => shared[i]))
        {
            if (rules <= most) break;
            var (left, right) = (FirstOf(i), FirstOf(i + 1));
            var (block, services) = (Cidr.Containing(used[left].Block.First, shared[i]), used[left].Services.Union(used[right].Services));
            if (!IsOpen(block, services)) continue;
            rules += services.ToServices().Length - used[left].Services.ToServices().Length - used[right].Services.ToServices().Length;
            used[left] = (block, services);
            first[right] = left;
        }

        return [.. used.Where((_, i) => first[i] == i)];

        int FirstOf(int i)
        {
            while (first[i] != i) i = first[i] = first[first[i]];
            return i;
        }
    }

    private static int SharedBits(Cidr a, Cidr b) =>
        Math.Min(Cidr.Around(a.Family, a.Bits, b.Bits).PrefixLength, Math.Min(a.PrefixLength, b.PrefixLength));

    private bool IsOpen(Cidr block, ServiceSet services) => services.IsSubsetOf(GroupTraffic.Every(OpenIn(block.Family), AddressSet.Of(block)));

    private static ImmutableArray<RuleKey> RulesOf(List<(Cidr Block, ServiceSet Services)> used) =>
        [.. used.SelectMany(u => u.Services.ToServices().Select(s => new RuleKey(Direction.Egress, s, new CidrPeer(u.Block))))];

    // The same members may be met from several places.
    private int TargetsIn(IpFamily family)
    {
        var met = Meetings.Where(m => m.Family == family).Select(m => m.Targets).ToList();
        var count = met.Sum(t => t.Ends.Length);
        return count <= MostTargets ? count : met.SelectMany(t => t.Ends).Select(e => e.Outside.First).Distinct().Count();
    }

    private AddressServices OpenIn(IpFamily family) => family == IpFamily.V4 ? _open.V4 : _open.V6;
}
