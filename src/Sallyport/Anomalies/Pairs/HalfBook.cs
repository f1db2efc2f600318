using Sallyport.Connectivity;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>What the far interfaces of a rule answer, class by class, worked out once and shared by those who hold rules against it.</summary>
internal sealed class HalfBook(EstateFacts facts)
{
    private readonly InterfaceBook _interfaces = new(facts);
    private readonly TrafficLinks _links = new(facts);
    private readonly Lazy<VpcLinks> _references = new(() => new VpcLinks(facts.Estate));
    private readonly Dictionary<(InterfaceClass, Direction), ClassSide> _sides = [];

    /// <summary>Classes of the interfaces that carry a group.</summary>
    public IEnumerable<InterfaceClass> ClassesOf(SecurityGroupId group) => _interfaces.ClassesOf(group);

    /// <summary>Interfaces with addresses of the family that a peer stands for.</summary>
    public IEnumerable<FarClass> FarOf(Peer peer, IpFamily family) => _interfaces.FarOf(peer, family);

    /// <summary>Does a rule of the near interfaces mean the far ones at all? Null when what was not read decides.</summary>
    public bool? Means(InterfaceClass near, SecurityGroupRule rule, InterfaceClass far) =>
        rule.Peer is GroupPeer ? Understands(near, far, rule.Direction) : _links.AreLinked(near.Vpc, far.Vpc);

    /// <summary>What the far interfaces' own groups allow in one direction towards near interfaces with these addresses: towards any of them, towards each.</summary>
    public (Passage Any, Passage Each) AnswerOf(InterfaceClass far, Direction direction, InterfaceClass near, AddressSet addresses) =>
        SideOf(far, direction).Towards(near.Groups, Understands(far, near, direction), addresses);

    /// <summary>What is missing to know such an answer.</summary>
    public string GapOf(InterfaceClass far, Direction direction) =>
        SideOf(far, direction).Gap ?? "peerings or transit gateways were not read, so it is unknown where references match";

    /// <summary>Does a reference to a group match between two VPCs, on a rule of the owner?</summary>
    private bool? Understands(InterfaceClass owner, InterfaceClass other, Direction direction) =>
        _references.Value.Between(_references.Value.IndexOf(owner.Vpc), _references.Value.IndexOf(other.Vpc)).Carries(direction);

    private ClassSide SideOf(InterfaceClass one, Direction direction)
    {
        if (!_sides.TryGetValue((one, direction), out var side)) _sides.Add((one, direction), side = new ClassSide(one, direction, facts));
        return side;
    }
}
