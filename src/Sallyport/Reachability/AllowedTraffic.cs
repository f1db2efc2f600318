using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Reachability;

/// <summary>
/// What a set of rules of one direction allows, symbolically: addresses of both families, and groups (and prefix lists whose
/// entries are unknown) as atoms of their own that no block covers. Canonical: equal traffic is equal values.
/// (reference: reachability-and-synthesis §3, "two-level equivalence")
/// </summary>
public sealed class AllowedTraffic : IEquatable<AllowedTraffic>
{
    private AllowedTraffic(AddressServices v4, AddressServices v6, ImmutableSortedDictionary<Peer, ServiceSet> symbols)
    {
        V4 = v4;
        V6 = v6;
        Symbols = symbols;
    }

    /// <summary>Allows nothing.</summary>
    public static AllowedTraffic Nothing { get; } = new(
        AddressServices.Empty(IpFamily.V4), AddressServices.Empty(IpFamily.V6), ImmutableSortedDictionary<Peer, ServiceSet>.Empty);

    /// <summary>By IPv4 address.</summary>
    public AddressServices V4 { get; }

    /// <summary>By IPv6 address.</summary>
    public AddressServices V6 { get; }

    /// <summary>By group, and by prefix list that could not (or shall not) be expanded. No value is empty.</summary>
    public ImmutableSortedDictionary<Peer, ServiceSet> Symbols { get; }

    /// <summary>True when nothing is allowed.</summary>
    public bool IsEmpty => V4.IsEmpty && V6.IsEmpty && Symbols.IsEmpty;

    /// <summary>
    /// The union of rules. <paramref name="entriesOf"/> expands a prefix list; null from it, or no function at all, keeps the
    /// list as an atom.
    /// </summary>
    public static AllowedTraffic Of(
        IEnumerable<RuleKey> rules, Func<PrefixListId, ImmutableArray<PrefixListEntry>?>? entriesOf = null)
    {
        var v4 = new List<AddressServices.Slab>();
        var v6 = new List<AddressServices.Slab>();
        var symbols = new Dictionary<Peer, ServiceSet>();
        foreach (var rule in rules)
        {
            var services = ServiceSet.Of(rule.Service);
            switch (rule.Peer)
            {
                case CidrPeer cidr:
                    AddBlock(cidr.Cidr, services);
                    break;
                case PrefixListPeer list when entriesOf?.Invoke(list.PrefixList) is { } entries:
                    foreach (var entry in entries) AddBlock(entry.Cidr, services);
                    break;
                default:
                    symbols[rule.Peer] = symbols.TryGetValue(rule.Peer, out var known) ? known.Union(services) : services;
                    break;
            }
        }

        return new AllowedTraffic(
            AddressServices.FromBoxes(IpFamily.V4, v4), AddressServices.FromBoxes(IpFamily.V6, v6), symbols.ToImmutableSortedDictionary());

        void AddBlock(Cidr cidr, ServiceSet services) =>
            (cidr.Family == IpFamily.V4 ? v4 : v6).Add(new(new AddressRange(cidr.Bits, cidr.Last.Bits), services));
    }

    /// <summary>What either allows.</summary>
    public AllowedTraffic Union(AllowedTraffic other) => Combine(other, V4.Union(other.V4), V6.Union(other.V6), (a, b) => a.Union(b));

    /// <summary>What both allow.</summary>
    public AllowedTraffic Intersect(AllowedTraffic other) => Combine(other, V4.Intersect(other.V4), V6.Intersect(other.V6), (a, b) => a.Intersect(b));

    /// <summary>What this allows and the other does not.</summary>
    public AllowedTraffic Subtract(AllowedTraffic other) => Combine(other, V4.Subtract(other.V4), V6.Subtract(other.V6), (a, b) => a.Subtract(b));

    /// <summary>True when the other allows everything this allows, whoever carries the groups.</summary>
    public bool IsSubsetOf(AllowedTraffic other) => Subtract(other).IsEmpty;

    /// <inheritdoc/>
    public bool Equals(AllowedTraffic? other) =>
        other is not null && V4.Equals(other.V4) && V6.Equals(other.V6) && Symbols.SequenceEqual(other.Symbols);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AllowedTraffic);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(V4, V6, Symbols.Count);

    /// <summary>One line a slab or symbol: <c>10.0.0.0/8: tcp/443</c>.</summary>
    public override string ToString()
    {
        var lines = new List<string>();
        foreach (var map in new[] { V4, V6 })
        {
            lines.AddRange(map.Slabs.Select(s => $"{AddressSet.FromRanges(map.Family, [s.Range])}: {s.Services}"));
        }

        lines.AddRange(Symbols.Select(s => $"{s.Key}: {s.Value}"));
        return string.Join("\n", lines);
    }

    private AllowedTraffic Combine(
        AllowedTraffic other, AddressServices v4, AddressServices v6, Func<ServiceSet, ServiceSet, ServiceSet> combine)
    {
        var symbols = ImmutableSortedDictionary.CreateBuilder<Peer, ServiceSet>();
        foreach (var peer in Symbols.Keys.Union(other.Symbols.Keys))
        {
            var services = combine(
                Symbols.GetValueOrDefault(peer, ServiceSet.Empty), other.Symbols.GetValueOrDefault(peer, ServiceSet.Empty));
            if (!services.IsEmpty) symbols.Add(peer, services);
        }

        return new AllowedTraffic(v4, v6, symbols.ToImmutable());
    }
}
