using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Auditing;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Fixing;

/// <summary>What the makers of remedies look things up in: the estate as it was read, what is declared, and the changes made so far.</summary>
internal sealed class FixContext
{
    private readonly Lazy<NeededEgress?> _needed;
    private readonly Lazy<GroupTraffic> _traffic;
    private readonly Lazy<ILookup<VpcId, NetworkInterface>> _unfiltered;
    private readonly ILookup<SecurityGroupId, DesiredRule> _declared;
    private readonly HashSet<SecurityGroupId> _managed;
    private readonly ReferenceScope _scope;
    private readonly Lazy<InternetMeetings> _internet;
    private readonly RuleQuota _quota;
    private readonly int _limit;
    private readonly HashSet<(SecurityGroupId Group, RuleKey Key)> _asked = [];
    private HashSet<SecurityGroupId> _replaced = [];
    private HashSet<(SecurityGroupId Group, RuleKey Key)> _doubtful = [];

    public FixContext(Estate estate, DesiredRules? declared, FixOptions options, int limit)
    {
        Estate = estate;
        Facts = new EstateFacts(estate);
        Draft = new FixDraft(estate);
        HasConnections = declared is not null;
        _declared = (declared?.Rules ?? []).ToLookup(r => r.Group);
        _managed = [.. (declared?.Groups ?? []).Where(g => !g.IsReadOnly).Select(g => g.Id)];
        _unfiltered = new(() => estate.NetworkInterfaces.Where(n => n.Groups.IsEmpty && n.Vpc is not null && !IsNatGateway(n)).ToLookup(n => n.Vpc!.Value));
        _needed = new(() => NeededEgress.Of(estate, options, limit));
        _traffic = new(() => new GroupTraffic(estate));
        _scope = new ReferenceScope(estate);
        (AssumesUnneeded, _limit, _quota) = (options.AssumesUnneeded, limit, new RuleQuota(estate));
        References = new GroupReferences(estate);
        _internet = new(() => new InternetMeetings(estate, Traffic, References));
    }

    public Estate Estate { get; }

    public EstateFacts Facts { get; }

    public GroupReferences References { get; }

    /// <summary>True when what nobody has proven to be needed may go.</summary>
    public bool AssumesUnneeded { get; }

    public GroupTraffic Traffic => _traffic.Value;

    public InternetMeetings Internet => _internet.Value;

    /// <summary>The changes so far; emptied when a round starts anew.</summary>
    public FixDraft Draft { get; private set; }

    public bool HasConnections { get; }

    public NeededEgress? Needed => _needed.Value;

    /// <summary>Begins a round.</summary>
    /// <param name="replaced">Groups whose open egress this round replaces.</param>
    /// <param name="doubtful">Rules that a remedy may take away although they let something through.</param>
    public void StartAnew(IEnumerable<SecurityGroupId> replaced, IEnumerable<(SecurityGroupId Group, RuleKey Key)> doubtful)
    {
        Draft = new FixDraft(Estate);
        _replaced = [.. replaced];
        _doubtful = [.. doubtful];
        _asked.Clear();
    }

    /// <summary>Notes that a finding of this round is a question.</summary>
    public void Ask(Finding finding)
    {
        if (finding.Resource.IsGroup) _asked.UnionWith(finding.Evidence.Select(e => (new SecurityGroupId(finding.Resource.Id), e.Key)));
    }

    /// <summary>True when a question of this round is about the rule.</summary>
    public bool IsAsked(SecurityGroupId group, RuleKey key) => _asked.Contains((group, key));

    /// <summary>Rules of a group that no finding but those about needless rules objects to: what they allow stays allowed.</summary>
    public IEnumerable<RuleKey> SettledRulesOf(SecurityGroup group) => group.Rules.Select(r => r.Key).Where(k => !_doubtful.Contains((group.Id, k)));

    /// <summary>Groups that members of this one carry beside it, sorted.</summary>
    public IEnumerable<SecurityGroup> CarriedWith(SecurityGroup group) =>
        Estate.Index.MembersOf(group.Id).SelectMany(m => m.Groups).Distinct().Where(g => g != group.Id)
            .Order().Select(g => Estate.Index.Groups.GetValueOrDefault(g)).OfType<SecurityGroup>();

    /// <summary>True when this round replaces the group's open egress.</summary>
    public bool IsReplaced(SecurityGroup group) => _replaced.Contains(group.Id);

    /// <summary>The group of a finding; null when it is about something else, or about a group that the estate does not hold.</summary>
    public SecurityGroup? GroupOf(Finding finding) =>
        finding.Resource.IsGroup && Estate.Index.Groups.TryGetValue(new SecurityGroupId(finding.Resource.Id), out var group) ? group : null;

    /// <summary>True when the connections file names the group, and not as one that others manage.</summary>
    public bool IsManaged(SecurityGroupId group) => _managed.Contains(group);

    /// <summary>Rules that the connections file asks for on a group.</summary>
    public IEnumerable<DesiredRule> DeclaredOn(SecurityGroupId group) => _declared[group];

    /// <summary>The rule that the connections file asks for; null when it does not.</summary>
    public DesiredRule? Declared(SecurityGroupId group, RuleKey key) => _declared[group].FirstOrDefault(r => r.Key == key);

    /// <summary>True when it is known that nothing carries the group.</summary>
    public bool IsUnattached(SecurityGroup group) =>
        !Estate.Index.MembersOf(group.Id).Any() && !Facts.IsAttachedElsewhere(group.Id) && !Facts.IsMissing(GapKind.NetworkInterfaces, group.Scope);

    /// <summary>
    /// Interfaces of a VPC that carry no group, such as network load balancers: they admit everything, and so prove nothing. NAT
    /// gateways are none of them, for nothing connects to those.
    /// </summary>
    public IEnumerable<NetworkInterface> UnfilteredIn(VpcId? vpc) => vpc is { } id ? _unfiltered.Value[id] : [];

    private static bool IsNatGateway(NetworkInterface nic) => nic.InterfaceType is "natGateway" or "nat_gateway";

    /// <summary>A group as the peer of another's rule, as EC2 reads it back.</summary>
    public GroupPeer ReferenceTo(SecurityGroup owner, SecurityGroup far) => _scope.PeerOf(owner, far);

    /// <summary>How many rules for blocks of a family one group may have beside others of the direction; less than none when it has too many.</summary>
    public int RoomBeside(IEnumerable<RuleKey> rules, IpFamily family) => _limit - (_quota.WeightOf(rules) is var weight && family == IpFamily.V4 ? weight.V4 : weight.V6);

    /// <summary>What rules allow, prefix lists expanded where they were read.</summary>
    public AllowedTraffic TrafficOf(IEnumerable<RuleKey> rules) => AllowedTraffic.Of(rules, Estate.Index.EntriesOf);

    /// <summary>The evidence of a finding that is still there, as keys.</summary>
    public ImmutableArray<RuleKey> Standing(Finding finding, SecurityGroup group) =>
        [.. finding.Evidence.Select(e => e.Key).Where(k => Draft.Has(group, k))];

    /// <summary>
    /// True when other rules of the direction allow everything that this one allows. Only those that share something with it are put
    /// together: of a group with thousands of rules these are few.
    /// </summary>
    public bool IsHeldBy(RuleKey rule, IEnumerable<RuleKey> others)
    {
        var services = rule.Service.Interval;
        return TrafficOf([rule]).IsSubsetOf(TrafficOf(others.Where(o => o.Service.Interval is var other && other.First <= services.Last && other.Last >= services.First && MayShare(rule.Peer, o.Peer))));
    }

    private static bool MayShare(Peer one, Peer other) => (one, other) switch
    {
        (CidrPeer { Cidr: var a }, CidrPeer { Cidr: var b }) => a.Contains(b) || b.Contains(a),
        (GroupPeer, GroupPeer) => one.Equals(other),
        (GroupPeer, CidrPeer) or (CidrPeer, GroupPeer) => false,
        _ => true,
    };
}
