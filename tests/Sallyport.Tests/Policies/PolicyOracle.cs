using System.Collections.Immutable;
using Sallyport.Connections;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Policies;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Policies;

/// <summary>
/// Tests by brute force: every pair of members, now and to come, every address and header at the edge of anything a rule can say.
/// Knows no sets and no tables.
/// </summary>
internal sealed class PolicyOracle(Estate estate)
{
    private static readonly ImmutableArray<Address> Samples =
    [
        .. PacketPool.Addresses, Address.Parse("8.8.8.8"), Address.Parse("200.0.0.1"), Address.Parse("2600::1"), Address.Parse("10.1.200.200"),
        Address.Parse("10.2.9.9"), Address.Parse("10.3.9.9"), Address.Parse("2001:db8:a:1::1"),
    ];

    private readonly HashSet<Address> _held = [.. estate.NetworkInterfaces.SelectMany(n => n.Addresses)];

    /// <summary>Null when the test has no pair to judge.</summary>
    public TestOutcome? Run(BoundTest test)
    {
        var isMust = test.Kind == TestKind.Must;
        if (isMust && test.From.Concat(test.To).Any(e => e.Groups.Any(g => !estate.Index.MembersOf(g.Id).Any())))
        {
            // An exception may cover the memberless group too; who that is then is not this oracle's to tell.
            return test.Exemptions.IsEmpty ? TestOutcome.Fail : null;
        }

        var outcome = TestOutcome.Pass;
        foreach (var from in test.Kind == TestKind.Only ? [null] : test.From.Select(e => (BoundEnd?)e))
        {
            foreach (var to in test.To)
            {
                var sources = Members(!isMust).Where(m => from is null ? !test.From.Any(e => Is(m, e)) : IsMeant(m, from)).ToList();
                var targets = Members(!isMust).Where(m => IsMeant(m, to)).ToList();
                if (isMust && !HasPair(sources, targets, test)) return null;
                var isAboutEverybody = test.Kind == TestKind.Only || test.From.Concat(test.To).Any(e => e.IsEverybody);
                foreach (var source in sources)
                {
                    foreach (var target in targets)
                    {
                        if (!IsPair(source, target, isAboutEverybody)) continue;
                        foreach (var header in HeadersOf(test, test.Services, source, sources, targets))
                        {
                            if (test.Exemptions.Any(e => e.From.Any(x => Is(source, x)) && e.To.Any(x => Is(target, x)) && Asks(e.Services, header))) continue;
                            var passes = Both(Side(Direction.Egress, source, target, header), Side(Direction.Ingress, target, source, header));
                            if (passes == !isMust) return TestOutcome.Fail;
                            if (passes is null) outcome = TestOutcome.Unknown;
                        }
                    }
                }
            }
        }

        return outcome;
    }

    /// <summary>Whether a witness's packet gets through; null when a gap decides.</summary>
    public bool? Passes(TestWitness witness)
    {
        var protocol = witness.Service.Protocol.Number;
        var header = (protocol, witness.Service.From, witness.Service.To);
        var (from, to) = (MemberOf(witness.From), MemberOf(witness.To));
        return Both(Side(Direction.Egress, from, to, header), Side(Direction.Ingress, to, from, header));
    }

    private Member MemberOf(WitnessEnd end)
    {
        if (end.Group is { } group) return new Member(end.Address, null, [group], estate.Index.Groups[group].Vpc, true);
        if (end.Interface is not { } id) return new Member(end.Address, null, [], null, false);
        var nic = estate.NetworkInterfaces.Single(n => n.Id == id);
        Assert.Contains(end.Address, nic.Addresses);
        return new Member(end.Address, id, nic.Groups, nic.Vpc, false);
    }

    private static bool? Both(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;

    private static bool HasPair(List<Member> sources, List<Member> targets, BoundTest test) => test.Services.All(s =>
        sources.Any(a => targets.Any(b => IsPair(a, b, false) && HeadersOf(test, [s], a, sources, targets).Any())));

    private static bool IsPair(Member a, Member b, bool isAboutEverybody)
    {
        if (a.Address.Family != b.Address.Family || (a.Nic is not null && a.Nic == b.Nic)) return false;
        if (a.Nic is null && b.Nic is null && !a.IsToCome && !b.IsToCome) return false;
        return !isAboutEverybody || a.Groups.Length > 0 || b.Groups.Length > 0;
    }

    // ICMP is IPv4's and ICMPv6 is IPv6's. What must be is asked in the other family where there is no pair of the right one.
    private static IEnumerable<(int Protocol, int A, int B)> HeadersOf(BoundTest test, ImmutableArray<Service> services, Member source, List<Member> sources, List<Member> targets) =>
        PacketPool.Headers.Where(h => Asks(services, h)).Where(h =>
        {
            IpFamily? own = h.Protocol == 1 ? IpFamily.V4 : h.Protocol == 58 ? IpFamily.V6 : null;
            if (own is null || own == source.Address.Family) return true;
            return test.Kind == TestKind.Must && !(sources.Any(m => m.Address.Family == own) && targets.Any(m => m.Address.Family == own));
        });

    private static bool Asks(ImmutableArray<Service> services, (int Protocol, int A, int B) header) =>
        services.IsEmpty || services.Any(s => RuleOracle.MatchesService(s, header.Protocol, header.A, header.B));

    private IEnumerable<Member> Members(bool withThoseToCome)
    {
        foreach (var nic in estate.NetworkInterfaces)
        {
            foreach (var address in nic.Addresses) yield return new Member(address, nic.Id, nic.Groups, nic.Vpc, false);
        }

        foreach (var address in Samples.Where(a => !_held.Contains(a))) yield return new Member(address, null, [], null, false);
        foreach (var group in withThoseToCome ? estate.SecurityGroups : [])
        {
            var home = estate.Index.Vpcs[group.Vpc!.Value];
            foreach (var address in Samples.Where(a => !_held.Contains(a) && home.Cidrs.Any(c => c.Contains(a)))) yield return new Member(address, null, [group.Id], group.Vpc, true);
        }
    }

    // A block means whoever is at its addresses now; it excepts whoever will be there, too.
    private bool IsMeant(Member member, BoundEnd end) => Is(member, end) && (!member.IsToCome || end.IsEverybody || !end.Groups.IsEmpty);

    private bool Is(Member member, BoundEnd end)
    {
        if (end.IsEverybody) return true;
        if (end.Groups.Any(g => member.Groups.Contains(g.Id))) return true;
        if (end.PrefixLists.Any(l => estate.Index.EntriesOf(l)?.Any(e => e.Cidr.Contains(member.Address)) == true)) return true;
        return end.Cidrs.Any(c => c.Contains(member.Address) && (c.PrefixLength > 0 || (member.Nic is null && IsInternet(member.Address))));
    }

    private bool IsInternet(Address address) =>
        PublicSpace.InternetOf(address.Family).Contains(address) && !estate.Vpcs.Any(v => v.Cidrs.Any(c => c.Contains(address)));

    private bool? Side(Direction direction, Member near, Member far, (int Protocol, int A, int B) header)
    {
        if (near.Groups.IsEmpty) return true;
        var isDoubtful = false;
        foreach (var rule in near.Groups.SelectMany(g => estate.Index.Groups[g].RulesOf(direction)).Where(r => RuleOracle.MatchesService(r.Service, header.Protocol, header.A, header.B)))
        {
            switch (rule.Peer)
            {
                case CidrPeer cidr when cidr.Cidr.Contains(far.Address):
                case GroupPeer peer when far.Groups.Contains(peer.Group) && AreLinked(near.Vpc!.Value, far.Vpc!.Value):
                case PrefixListPeer list when estate.Index.EntriesOf(list.PrefixList) is { } entries && entries.Any(e => e.Cidr.Contains(far.Address)):
                    return true;
                case PrefixListPeer list when estate.Index.EntriesOf(list.PrefixList) is null:
                    isDoubtful = true;
                    break;
            }
        }

        return isDoubtful ? null : false;
    }

    private bool AreLinked(VpcId a, VpcId b) => a == b || estate.Peerings.Any(p => p.Status == "active" && ((p.Requester.Vpc, p.Accepter.Vpc) == (a, b) || (p.Requester.Vpc, p.Accepter.Vpc) == (b, a)));

    private sealed record Member(Address Address, NetworkInterfaceId? Nic, ImmutableArray<SecurityGroupId> Groups, VpcId? Vpc, bool IsToCome);
}
