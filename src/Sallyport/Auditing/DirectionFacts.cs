using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Auditing.Exposure;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing;

/// <summary>
/// The rules of one direction of a group: what they open to the world, and which of them overlap. Each part is worked out on first
/// use; of two threads that ask at once both work it out, and the answers are equal.
/// </summary>
internal sealed class DirectionFacts
{
    private readonly AuditContext _context;
    private readonly SecurityGroup _group;
    private readonly Direction _direction;
    private Reach? _reach;
    private WorldCoverage? _world4;
    private WorldCoverage? _world6;
    private WorldCoverage? _named4;
    private WorldCoverage? _named6;
    private ServiceSet? _worldServices;
    private HashSet<RuleKey>? _worldRules;
    private HashSet<RuleKey>? _nearRules;
    private RuleOverlaps? _overlaps;

    public DirectionFacts(AuditContext context, SecurityGroup group, Direction direction)
    {
        _context = context;
        _group = group;
        _direction = direction;
        Rules = group.RulesOf(direction);
    }

    /// <summary>By key.</summary>
    public ImmutableArray<SecurityGroupRule> Rules { get; }

    /// <summary>Rules whose peer is not wholly known.</summary>
    public IReadOnlyList<Doubt> Doubts => Reached.Doubts;

    /// <summary>Services open to the world in either family.</summary>
    public ServiceSet WorldServices => _worldServices ??= World(IpFamily.V4).World.Union(World(IpFamily.V6).World);

    /// <summary>
    /// Services that rules which name a protocol open to the world by themselves, without the help of all-protocol rules.
    /// </summary>
    public ServiceSet NamedWorldServices => NamedWorld(IpFamily.V4).World.Union(NamedWorld(IpFamily.V6).World);

    /// <summary>Rules that others make needless.</summary>
    public RuleOverlaps Overlaps => _overlaps ??= RuleOverlaps.Of(Rules, _context.Facts);

    public WorldCoverage World(IpFamily family) => family == IpFamily.V4
        ? _world4 ??= CoverageOf(family, Reached.Boxes)
        : _world6 ??= CoverageOf(family, Reached.Boxes);

    /// <summary>The rules, sorted, that open some of the services to the world, in either family.</summary>
    public IReadOnlyList<SecurityGroupRule> WorldEvidence(ServiceSet services) =>
        RulesAt(World(IpFamily.V4).EvidenceOf(services).Concat(World(IpFamily.V6).EvidenceOf(services)));

    /// <summary>True when the rule, alone or with others, opens something to the world.</summary>
    public bool IsOfWorld(SecurityGroupRule rule) => (_worldRules ??= [.. WorldEvidence(ServiceSet.Any).Select(r => r.Key)]).Contains(rule.Key);

    /// <summary>True when the rule, alone or with others, opens something to much of the world, but not to all of it.</summary>
    public bool IsNearWorld(SecurityGroupRule rule) =>
        (_nearRules ??= [.. RulesAt(World(IpFamily.V4).NearEvidence().Concat(World(IpFamily.V6).NearEvidence())).Select(r => r.Key)]).Contains(rule.Key);

    /// <summary>The rules, sorted, that make some of <see cref="NamedWorldServices"/> so.</summary>
    public IReadOnlyList<SecurityGroupRule> NamedWorldEvidence(ServiceSet services) =>
        RulesAt(NamedWorld(IpFamily.V4).EvidenceOf(services).Concat(NamedWorld(IpFamily.V6).EvidenceOf(services)));

    /// <summary>What is missing to say that none of the services is among <see cref="NamedWorldServices"/>.</summary>
    public IReadOnlyList<string> NamedGapsFor(ServiceSet services) =>
        [.. Doubts.Where(d => d.Services != Service.Any.Interval && services.Overlaps(d.Services)).Select(d => d.Gap).Distinct()];

    /// <summary>The rules at these indexes, each once, in order.</summary>
    public IReadOnlyList<SecurityGroupRule> RulesAt(IEnumerable<int> indexes) => [.. indexes.Distinct().Order().Select(i => Rules[i])];

    /// <summary>What is missing to say that none of the services is open to the world.</summary>
    public IReadOnlyList<string> GapsFor(ServiceSet services) =>
        [.. Doubts.Where(d => services.Overlaps(d.Services)).Select(d => d.Gap).Distinct()];

    /// <summary>Names the families in which some of the services are open: <c>IPv4</c>, <c>IPv6</c>, <c>IPv4 and IPv6</c>.</summary>
    public string FamiliesOf(ServiceSet services)
    {
        var v4 = World(IpFamily.V4).World.Overlaps(services);
        var v6 = World(IpFamily.V6).World.Overlaps(services);
        return v4 && v6 ? "IPv4 and IPv6" : v4 ? "IPv4" : "IPv6";
    }

    /// <summary>Addresses a rule's peer stands for in one family; null for groups and for lists that were not read.</summary>
    public AddressSet? AddressesOf(SecurityGroupRule rule, IpFamily family) => _context.Facts.AddressesOf(rule.Peer, family);

    private Reach Reached => _reach ??= ReachOf();

    private WorldCoverage NamedWorld(IpFamily family) => family == IpFamily.V4
        ? _named4 ??= NamedCoverageOf(family)
        : _named6 ??= NamedCoverageOf(family);

    private WorldCoverage CoverageOf(IpFamily family, IEnumerable<ReachBox> boxes) =>
        WorldCoverage.Of(family, boxes, _context.Parameters.Get(AuditParameters.NearWorldWarning));

    private WorldCoverage NamedCoverageOf(IpFamily family) => !Rules.Any(r => r.Service == Service.Any)
        ? World(family)
        : CoverageOf(family, Reached.Boxes.Where(b => Rules[b.Rule].Service != Service.Any));

    private Reach ReachOf()
    {
        // Groups that name only groups are many.
        if (Rules.All(static r => r.Peer is GroupPeer)) return Reach.None;
        var boxes = new List<ReachBox>(Rules.Length);
        var doubts = new List<Doubt>();
        for (var i = 0; i < Rules.Length; i++)
        {
            var services = Rules[i].Service.Interval;
            switch (Rules[i].Peer)
            {
                case CidrPeer cidr:
                    AddBlock(i, services, cidr.Cidr);
                    break;
                case PrefixListPeer list when _context.Facts.ListOf(list.PrefixList) is { } facts:
                    foreach (var block in facts.Blocks) AddBlock(i, services, block);
                    break;
                case PrefixListPeer list:
                    doubts.Add(new Doubt(services, $"the entries of prefix list {list.PrefixList} were not read"));
                    break;
            }
        }

        return new Reach(boxes, doubts);

        void AddBlock(int rule, Interval services, Cidr block)
        {
            boxes.Add(new ReachBox(rule, services, block));
            if (_direction != Direction.Egress || block.Family != IpFamily.V6) return;

            // Through NAT64 an IPv6 block reaches the IPv4 addresses its last 32 bits name (RFC 6052).
            var nat64 = PublicSpace.Nat64;
            if (!block.Contains(nat64) && !nat64.Contains(block)) return;
            switch (_context.HasNat64(_group))
            {
                case true:
                    var behind = block.Contains(nat64)
                        ? Cidr.AnyV4
                        : Cidr.Containing(new Address(IpFamily.V4, block.Bits & uint.MaxValue), block.PrefixLength - nat64.PrefixLength);
                    boxes.Add(new ReachBox(rule, services, behind));
                    break;
                case null when !block.Contains(PublicSpace.GlobalUnicastV6):
                    doubts.Add(new Doubt(services, $"route tables were not read, so it is unknown whether NAT64 leads from {block} to IPv4"));
                    break;
            }
        }
    }
    /// <summary>The blocks that rules admit, and what is missing to know all of them.</summary>
    private sealed record Reach(List<ReachBox> Boxes, List<Doubt> Doubts)
    {
        public static Reach None { get; } = new([], []);
    }
}
