using System.Collections.Concurrent;
using Sallyport.Anomalies;
using Sallyport.Anomalies.Pairs;
using Sallyport.Anomalies.Peers;
using Sallyport.Auditing.Declared;
using Sallyport.Auditing.Exposure;
using Sallyport.Auditing.Links;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Rules.Ports;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing;

/// <summary>
/// What rules about pairs, overlaps, declarations and effective reach share: each part is worked out once, when the first rule asks
/// for it. Safe for several threads.
/// </summary>
internal sealed class MeaningFacts
{
    private static readonly ServiceSet Ported = ServiceSet.Of([Service.Tcp(0, 65_535), Service.Udp(0, 65_535)]);

    private readonly AuditContext _context;
    private readonly Lazy<ReferenceLinks> _links;
    private readonly Lazy<InternetPaths> _internet;
    private readonly Lazy<DeclaredState> _declared;
    private readonly Lazy<RoutedSpace> _routed;
    private readonly Lazy<TrafficLinks> _traffic;
    private readonly ConcurrentDictionary<AnomalyKind, AnomalyFinder> _finders = [];
    private readonly ConcurrentDictionary<SecurityGroupId, DirectionFacts> _ingress = [];

    public MeaningFacts(AuditContext context)
    {
        _context = context;
        _links = new(() => new ReferenceLinks(context.Estate));
        _internet = new(() => new InternetPaths(context.Facts));
        _declared = new(() => new DeclaredState(context.Estate, context.Connections ?? throw new InvalidOperationException("No connections file was given."), context.Today));
        _routed = new(() => new RoutedSpace(context.Facts));
        _traffic = new(() => new TrafficLinks(context.Facts));
        RiskyServices = context.Parameters.Get(AuditParameters.AdminTcp).Union(context.Parameters.Get(AuditParameters.AdminUdp)).Union(PortTable.Sensitive);
        Flagged = Ported
            .Subtract(context.Parameters.Get(AuditParameters.WorldTcp))
            .Subtract(context.Parameters.Get(AuditParameters.WorldUdp))
            .Union(RiskyServices);
    }

    /// <summary>Services that SP-ING-06 and -07 object to when the world may use them.</summary>
    public ServiceSet RiskyServices { get; }

    /// <summary>Services that SP-ING-01, -02 and -06 object to when the world may use them.</summary>
    public ServiceSet Flagged { get; }

    public ReferenceLinks Links => _links.Value;

    public InternetPaths Internet => _internet.Value;

    public DeclaredState Declared => _declared.Value;

    /// <summary>Private addresses that routes connect with interfaces.</summary>
    public RoutedSpace Routed => _routed.Value;

    /// <summary>Which VPCs are connected at all.</summary>
    public TrafficLinks Traffic => _traffic.Value;

    /// <summary>What is odd about a group, of the kinds MRG, REDA and ASYM6.</summary>
    public AnomalyReport Anomalies(AnomalyKind kind, SecurityGroup group) => FinderOf(kind).FindIn(group);

    /// <summary>Makes ready to tell anomalies of a kind.</summary>
    public void Prepare(AnomalyKind kind) => _ = FinderOf(kind);

    private AnomalyFinder FinderOf(AnomalyKind kind) =>
        _finders.GetOrAdd(kind, static (kind, facts) => new AnomalyFinder(facts, new AnomalyOptions { Kinds = [kind] }), _context.Facts);

    /// <summary>Ingress of a group that is looked at from another one.</summary>
    public DirectionFacts IngressOf(SecurityGroup group) =>
        _ingress.TryGetValue(group.Id, out var facts) ? facts : _ingress.GetOrAdd(group.Id, new DirectionFacts(_context, group, Direction.Ingress));
}
