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

    /// <summary>Beyond this many rules no fewer are looked for: no quota permits them anyway.</summary>
    private const int MostMinimised = 256;

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
    public bool IsTooMuch => TargetsIn(IpFamily.V4) > MostTargets;

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
    /// The rules: single addresses, or the IPv6 blocks of whole VPCs where the addresses do not fit and the open egress let out all of
    /// what the blocks do.
    /// </summary>
    /// <param name="fits">True when rules of a family fit beside the others.</param>
    public ImmutableArray<RuleKey> Rules(Func<ImmutableArray<RuleKey>, bool> fits)
    {
        var v4 = Exact(IpFamily.V4, Meetings);
        var v6 = TargetsIn(IpFamily.V6) <= MostTargets ? Exact(IpFamily.V6, Meetings) : default;
        if (v6.IsDefault || (!v6.IsEmpty && !fits(v6)))
        {
            var inBlocks = InBlocks();
            if (v6.IsDefault || inBlocks.Length < v6.Length) v6 = inBlocks;
        }

        return [.. v4.Concat(v6).Order()];
    }

    /// <summary>The groups that a rule leads to, for its description.</summary>
    public string ReasonOf(RuleKey rule)
    {
        var block = ((CidrPeer)rule.Peer).Cidr;
        var addresses = AddressSet.Of(block);
        var names = Meetings
            .Where(m => m.Family == block.Family && m.Admitted.Overlaps(rule.Service.Interval) && m.Targets.Any(t => addresses.Overlaps(t.Outside)))
            .Select(m => m.Far.Name.Length > 0 ? m.Far.Name : m.Far.Id.Value).Distinct().Order(StringComparer.Ordinal).ToList();
        return $"admitted by {string.Join(", ", names.Take(2))}{(names.Count > 2 ? $" and {names.Count - 2} more" : string.Empty)} over the internet, was open egress";
    }

    private ImmutableArray<(SecurityGroup Far, ServiceSet Services)> Uses(ImmutableArray<InternetMeeting> meetings) =>
    [
        .. meetings.GroupBy(m => m.Far.Id)
            .Select(far => (far.First().Far, Services: far.Aggregate(ServiceSet.Empty, (sum, m) => sum.Union(GroupTraffic.Some(OpenIn(m.Family), Addresses(m)).Intersect(m.Admitted)))))
            .Where(u => !u.Services.IsEmpty)
            .OrderBy(u => u.Far.Id),
    ];

    private ImmutableArray<RuleKey> Exact(IpFamily family, IEnumerable<InternetMeeting> meetings)
    {
        var boxes = meetings.Where(m => m.Family == family).SelectMany(m => m.Targets.Select(t => new AddressServices.Slab(t.Outside, m.Admitted)));
        var used = AddressServices.FromBoxes(family, boxes).Intersect(OpenIn(family));
        ImmutableArray<RuleKey> rules =
        [
            .. used.Slabs.GroupBy(s => s.Services, s => s.Range)
                .SelectMany(s => AddressSet.FromRanges(family, s).ToCidrs().SelectMany(c => s.Key.ToServices().Select(service => new RuleKey(Direction.Egress, service, new CidrPeer(c))))),
        ];
        return rules.Length <= MostMinimised ? RuleMinimiser.Minimise(rules) : rules;
    }

    private ImmutableArray<RuleKey> InBlocks()
    {
        var (rules, rest) = (new List<RuleKey>(), new List<InternetMeeting>());
        foreach (var vpc in Meetings.Where(m => m.Family == IpFamily.V6).GroupBy(m => m.Far.Vpc!.Value))
        {
            var wanted = vpc.Aggregate(ServiceSet.Empty, (sum, m) => sum.Union(m.Admitted)).Intersect(vpc.Aggregate(ServiceSet.Empty, (sum, m) => sum.Union(GroupTraffic.Some(OpenIn(IpFamily.V6), Addresses(m)))));
            ImmutableArray<Cidr> blocks = _estate.Index.Vpcs.TryGetValue(vpc.Key, out var read)
                ? [.. read.Cidrs.Where(c => c.Family == IpFamily.V6 && wanted.IsSubsetOf(GroupTraffic.Every(OpenIn(IpFamily.V6), AddressSet.Of(c))))]
                : [];
            var covered = AddressSet.Of(IpFamily.V6, blocks);
            if (vpc.All(m => Addresses(m).IsSubsetOf(covered))) rules.AddRange(blocks.SelectMany(b => wanted.ToServices().Select(s => new RuleKey(Direction.Egress, s, new CidrPeer(b)))));
            else rest.AddRange(vpc);
        }

        return [.. rules, .. Exact(IpFamily.V6, rest)];
    }

    private int TargetsIn(IpFamily family) => Meetings.Where(m => m.Family == family).Sum(m => m.Targets.Length);

    private AddressServices OpenIn(IpFamily family) => family == IpFamily.V4 ? _open.V4 : _open.V6;

    private static AddressSet Addresses(InternetMeeting meeting) => AddressSet.FromRanges(meeting.Family, meeting.Targets.Select(t => t.Outside));
}
