using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Compiling;

/// <summary>How a rule of one group names another group in a known estate: by reference where EC2 permits one, or by addresses.</summary>
/// <param name="estate">What was read.</param>
/// <param name="report">Takes what is said.</param>
/// <param name="reportMembersUnknown">Takes connections that no addresses are known for.</param>
/// <param name="hasRule">Whether a group has a rule already: then EC2 has accepted it, and nothing is asked of EC2.</param>
internal sealed class GroupPeers(Estate estate, Action<Diagnostic> report, Action<Connection> reportMembersUnknown, Func<ResolvedGroup, RuleKey, bool> hasRule)
{
    private readonly ReferenceScope _scope = new(estate);
    private readonly MiddleboxRoutes _middleboxes = new(estate);
    private readonly bool _interfacesUnknown = estate.NetworkInterfaces.IsEmpty && estate.Gaps.Any(g => g.What == GapKind.NetworkInterfaces);

    /// <summary>The peers of <paramref name="owner"/>'s rules for a connection; none (and said) when it cannot be written.</summary>
    public IEnumerable<Peer> PeersOf(Connection connection, Direction direction, ResolvedGroup owner, ResolvedGroup far)
    {
        if (connection.PeerAs == PeerForm.Cidr) return AddressesOf(connection, far);
        if (connection.PeerAs == PeerForm.Auto && !owner.IsReadOnly) Check(connection, direction, owner, far);
        return [Reference(owner.Found!, far.Found!)];
    }

    /// <summary>The reference as EC2 reads it back, whether or not it would take it.</summary>
    public GroupPeer Reference(SecurityGroup owner, SecurityGroup far) => _scope.PeerOf(owner, far);

    private void Check(Connection connection, Direction direction, ResolvedGroup owner, ResolvedGroup far)
    {
        var (id, at) = (connection.Id, connection.At);
        var isKept = connection.Services.All(s => hasRule(owner, new RuleKey(direction, s, new GroupPeer(far.Id))));
        switch (_scope.Judge(owner.Found!, far.Found!))
        {
            case ReferenceKind.OtherRegion:
                report(ConnectionsDiagnostics.OtherRegion(id, owner.ToString(), far.ToString(), isKept, at));
                return;
            case ReferenceKind.Unrelated:
                report(ConnectionsDiagnostics.UnrelatedVpcs(id, owner.ToString(), far.ToString(), isKept, at));
                return;
            case ReferenceKind.IngressOnly when direction == Direction.Egress:
                report(ConnectionsDiagnostics.TransitEgress(id, owner.ToString(), far.ToString(), isKept, at));
                return;
            case ReferenceKind.VpcUnknown when !isKept:
                report(ConnectionsDiagnostics.ReferenceUnchecked(id, owner.ToString(), far.ToString(), "their VPCs were", at));
                return;
            case ReferenceKind.PeeringsUnknown when !isKept:
                report(ConnectionsDiagnostics.ReferenceUnchecked(id, owner.ToString(), far.ToString(), "peerings were", at));
                break;
        }

        if (owner.Id != far.Id && _middleboxes.Between(owner.Id, far.Id) is { } target)
        {
            report(ConnectionsDiagnostics.Middlebox(id, owner.ToString(), far.ToString(), target, isKept, at));
        }
    }

    private IEnumerable<Peer> AddressesOf(Connection connection, ResolvedGroup far)
    {
        if (_interfacesUnknown)
        {
            reportMembersUnknown(connection);
            return [];
        }

        var blocks = estate.Index.MembersOf(far.Id).SelectMany(n => n.Addresses.Select(Cidr.Host).Concat(n.Prefixes)).Distinct().Order().ToList();
        report(blocks.Count == 0
            ? ConnectionsDiagnostics.NoMembers(connection.Id, far.ToString(), connection.At)
            : ConnectionsDiagnostics.SnapshotMembers(connection.Id, far.ToString(), blocks.Count, connection.At));
        return blocks.Select(b => new CidrPeer(b));
    }
}
