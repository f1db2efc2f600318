using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity.Differences;

/// <summary>
/// An estate and what became of it: any mix of other rules, groups that came or went, interfaces that came, went, were replaced at
/// their address or carry other groups, other lists, peerings, attachments and gaps.
/// </summary>
internal sealed record DraftPair(ConnectivityDraft Old, ConnectivityDraft New)
{
    public static Arbitrary<DraftPair> Pairs { get; } = Arb.From(
        Gen.Choose(0, int.MaxValue - 1).SelectMany(a => Gen.Choose(0, int.MaxValue - 1).Select(b => FromSeeds(a, b))), p => p.Smaller());

    public static DraftPair FromSeeds(int seed, int change)
    {
        var old = ConnectivityEstateGenerator.FromSeed(seed);
        var other = ConnectivityEstateGenerator.FromSeed(change);
        var random = new Random(change);
        var @new = old with
        {
            Groups = Chance(3) ? old.Groups : [.. old.Groups.Where(_ => !Chance(9)).Select(Changed), .. other.Groups.Where(g => Chance(9) && old.Groups.All(o => o.Id != g.Id)).Select(Foreign)],
            Interfaces = Chance(3) ? old.Interfaces : [.. old.Interfaces.Where(_ => !Chance(6)).Select(Moved).Concat(other.Interfaces.Where(_ => Chance(4)).Select(Renamed)).DistinctBy(n => n.Id)],
            Lists = Chance(4) ? other.Lists : old.Lists,
            Peerings = Chance(4) ? other.Peerings : old.Peerings,
            Attachments = Chance(4) ? other.Attachments : old.Attachments,
            Associations = Chance(6) ? other.Associations : old.Associations,
            Vpcs = Chance(8) ? other.Vpcs : old.Vpcs,
            Gaps = Chance(5) ? other.Gaps : old.Gaps,
            WithoutRules = Chance(8) ? [] : old.WithoutRules,
        };
        return new DraftPair(old, @new);

        bool Chance(int oneIn) => random.Next(oneIn) == 0;

        SecurityGroup Changed(SecurityGroup group)
        {
            if (Chance(2)) return group;
            var kept = group.Rules.Where(_ => !Chance(4));
            var added = Enumerable.Range(0, random.Next(3)).Select(_ => ConnectivityEstateGenerator.RuleFor(old, group, random.Next()));
            return group with { Rules = [.. kept.Concat(added).DistinctBy(r => r.Key)], Malformed = Chance(9) ? [] : group.Malformed };
        }

        NetworkInterface Moved(NetworkInterface nic)
        {
            if (Chance(5)) nic = Renamed(nic);
            if (Chance(8) && !nic.Addresses.IsEmpty) nic = nic with { Addresses = nic.Addresses.RemoveAt(random.Next(nic.Addresses.Length)) };
            if (Chance(8)) nic = nic with { Prefixes = [] };
            if (!Chance(4)) return nic;
            var usable = old.Groups.Where(g => g.Vpc == nic.Vpc && Chance(2)).Select(g => g.Id);
            return nic with { Groups = [.. usable.Order()] };
        }

        // Its references were drawn in another estate, where the same ids are groups of other VPCs.
        static SecurityGroup Foreign(SecurityGroup group) => group with { Rules = [.. group.Rules.Where(r => r.Peer is not GroupPeer)] };

        static NetworkInterface Renamed(NetworkInterface nic) => nic with { Id = new NetworkInterfaceId($"{nic.Id}-b") };
    }

    public IEnumerable<DraftPair> Smaller() => Old.Smaller().Select(o => this with { Old = o }).Concat(New.Smaller().Select(n => this with { New = n }));

    public override string ToString() => $"--- old ---\n{Old}\n--- new ---\n{New}";
}
