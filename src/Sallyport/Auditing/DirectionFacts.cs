using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Auditing.Exposure;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing;

/// <summary>The rules of one direction of a group: what they open to the world, and which of them overlap.</summary>
internal sealed class DirectionFacts
{
    private readonly AuditContext _context;
    private readonly SecurityGroup _group;
    private readonly Direction _direction;
    private readonly Lazy<(List<ReachBox> Boxes, List<Doubt> Doubts)> _reach;
    private readonly Lazy<WorldCoverage> _world4;
    private readonly Lazy<WorldCoverage> _world6;
    private readonly Lazy<WorldCoverage> _named4;
    private readonly Lazy<WorldCoverage> _named6;
    private readonly Lazy<ServiceSet> _worldServices;
    private readonly Lazy<HashSet<RuleKey>> _worldRules;
    private readonly Lazy<HashSet<RuleKey>> _nearRules;
    private readonly Lazy<RuleOverlaps> _overlaps;

    public DirectionFacts(AuditContext context, SecurityGroup group, Direction direction)
    {
        _context = context;
        _group = group;
        _direction = direction;
        Rules = [.. group.RulesOf(direction)];
        _reach = new(Reach);
        _world4 = new(() => CoverageOf(IpFamily.V4));
        _world6 = new(() => CoverageOf(IpFamily.V6));
        _named4 = new(() => NamedCoverageOf(IpFamily.V4));
        _named6 = new(() => NamedCoverageOf(IpFamily.V6));
        _worldServices = new(() => World(IpFamily.V4).World.Union(World(IpFamily.V6).World));
        _worldRules = new(() => [.. WorldEvidence(ServiceSet.Any).Select(r => r.Key)]);
        _nearRules = new(() => [.. RulesAt(World(IpFamily.V4).NearEvidence().Concat(World(IpFamily.V6).NearEvidence())).Select(r => r.Key)]);
        _overlaps = new(() => RuleOverlaps.Of(Rules, context.Facts));
    }

    /// <summary>By key.</summary>
    public ImmutableArray<SecurityGroupRule> Rules { get; }

    /// <summary>Rules whose peer is not wholly known.</summary>
    public IReadOnlyList<Doubt> Doubts => _reach.Value.Doubts;

    /// <summary>Services open to the world in either family.</summary>
    public ServiceSet WorldServices => _worldServices.Value;

    /// <summary>
    /// Services that rules which name a protocol open to the world by themselves, without the help of all-protocol rules.
    /// </summary>
    public ServiceSet NamedWorldServices => _named4.Value.World.Union(_named6.Value.World);

    /// <summary>Rules that others make needless.</summary>
    public RuleOverlaps Overlaps => _overlaps.Value;

    public WorldCoverage World(IpFamily family) => (family == IpFamily.V4 ? _world4 : _world6).Value;

    /// <summary>The rules, sorted, that open some of the services to the world, in either family.</summary>
    public IReadOnlyList<SecurityGroupRule> WorldEvidence(ServiceSet services) =>
        RulesAt(World(IpFamily.V4).EvidenceOf(services).Concat(World(IpFamily.V6).EvidenceOf(services)));

    /// <summary>True when the rule, alone or with others, opens something to the world.</summary>
    public bool IsOfWorld(SecurityGroupRule rule) => _worldRules.Value.Contains(rule.Key);

    /// <summary>True when the rule, alone or with others, opens something to much of the world, but not to all of it.</summary>
    public bool IsNearWorld(SecurityGroupRule rule) => _nearRules.Value.Contains(rule.Key);

    /// <summary>The rules, sorted, that make some of <see cref="NamedWorldServices"/> so.</summary>
    public IReadOnlyList<SecurityGroupRule> NamedWorldEvidence(ServiceSet services) =>
        RulesAt(_named4.Value.EvidenceOf(services).Concat(_named6.Value.EvidenceOf(services)));

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

    private WorldCoverage CoverageOf(IpFamily family) => WorldCoverage.Of(
        family, _reach.Value.Boxes.Where(b => b.Block.Family == family), _context.Parameters.Get(AuditParameters.NearWorldWarning));

    private WorldCoverage NamedCoverageOf(IpFamily family) => !Rules.Any(r => r.Service == Service.Any)
        ? World(family)
        : WorldCoverage.Of(
            family, _reach.Value.Boxes.Where(b => b.Block.Family == family && Rules[b.Rule].Service != Service.Any),
            _context.Parameters.Get(AuditParameters.NearWorldWarning));

    private (List<ReachBox> Boxes, List<Doubt> Doubts) Reach()
    {
        var boxes = new List<ReachBox>();
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

        return (boxes, doubts);

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
}
