using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Differences;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity.Differences;

/// <summary>
/// Every end of two estates that some answer can tell from others, paired by VPC and address, and the oracle's word on each. Pairs
/// with dictionaries and asks rule by rule: nothing of it is the comparer's.
/// </summary>
internal sealed class Pairing
{
    // Of the probes a sample, other ones for each estate: all of them would take a minute an estate.
    private const int MostPoints = 24;
    private const int MostOutside = 40;

    private readonly ReachOracle _old;
    private readonly ReachOracle _new;
    private readonly Estate _oldEstate;
    private readonly Estate _newEstate;

    private Pairing(Estate old, Estate @new)
    {
        (_oldEstate, _newEstate) = (old, @new);
        (_old, _new) = (new ReachOracle(old), new ReachOracle(@new));
        var blocks = new[] { old, @new }.SelectMany(e => new ConnectivityProbe(e).Addresses).Distinct().Select(Cidr.Host).ToList();
        var (before, after) = (new ConnectivityProbe(old, blocks), new ConnectivityProbe(@new, blocks));
        var random = new Random(before.Points.Length + (31 * before.Addresses.Length));
        Points = [.. before.Points.Union(after.Points).OrderBy(_ => random.Next()).Take(MostPoints).Order()];
        var held = HeldBy(before).Concat(HeldBy(after)).Select(h => h.Key).Distinct().Order().ToList();
        var (left, right) = (HeldBy(before).ToLookup(h => h.Key, h => h.Nic), HeldBy(after).ToLookup(h => h.Key, h => h.Nic));
        All =
        [
            .. held.SelectMany(k => Match(Address.Parse(k.Address), [.. left[k]], [.. right[k]])),
            .. before.Outside.Select(o => o.Address).Intersect(after.Outside.Select(o => o.Address)).OrderBy(_ => random.Next()).Take(MostOutside).Select(a => new PairedPlace(a, null, null)),
        ];
    }

    public ImmutableArray<PairedPlace> All { get; }

    public ImmutableArray<int> Points { get; }

    public static Pairing Of(Estate old, Estate @new) => new(old, @new);

    /// <summary>True when the two are the same interface wherever both are: no pair.</summary>
    public static bool IsOneInterface(PairedPlace a, PairedPlace b)
    {
        var both = new[] { false, true }.Where(s => a.Nic(s) is not null && b.Nic(s) is not null).ToList();
        return both.Count > 0 && both.TrueForAll(s => a.Nic(s)!.Id == b.Nic(s)!.Id);
    }

    /// <summary>True when a name of a report speaks of an end.</summary>
    public static bool IsMeant(DiffEnd name, PairedPlace end, bool? isNew)
    {
        if (isNew is null && !end.IsOutside && name.Kind != DiffEndKind.Blocks && name.IsGone != end.New is null) return false;
        var nic = isNew is { } side ? end.Nic(side) : end.New ?? end.Old;
        return name.Kind switch
        {
            DiffEndKind.Blocks => name.Blocks.Any(b => b.Contains(end.Address)) && (end.IsOutside || (nic is not null && name.IncludesInterfaces)),
            DiffEndKind.Group when !name.Part.IsEmpty => name.Part.Any(p => IsMeant(p with { IsGone = name.IsGone }, end, isNew)),
            DiffEndKind.Group => nic is not null && nic.Groups.Contains(name.Group!.Value),
            DiffEndKind.Interface => nic is not null && nic.Id == name.Interface,
            DiffEndKind.Address => nic is not null && nic.Id == name.Interface && name.Blocks.Any(b => b.Contains(end.Address)),

            // Only flows of interfaces without an address, which are no places, end so.
            DiffEndKind.PrefixList => false,
            _ => throw new InvalidOperationException($"{name} in a difference of snapshots."),
        };
    }

    public PairedPlace Find(Endpoint end, bool isNew) => end.Interface is { } nic
        ? All.First(p => p.Address == end.Address && p.Nic(isNew)?.Id == nic.Id)
        : new PairedPlace(end.Address, null, null);

    /// <summary>The oracle's word; an end that is not there, or the same interface, has no flow.</summary>
    public Verdict Judge(PairedPlace from, PairedPlace to, int point, bool isNew)
    {
        var (source, target) = (from.Nic(isNew), to.Nic(isNew));
        if ((source is null && !from.IsOutside) || (target is null && !to.IsOutside)) return Verdict.NoRoute;
        if (source is not null && source.Id == target?.Id) return Verdict.NoRoute;
        var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
        return (isNew ? _new : _old).Judge(EndOf(from, source), EndOf(to, target), protocol, a, b);
    }

    /// <summary>True for a service that no group filters, in either estate: it is no difference of groups.</summary>
    public bool IsNeverFiltered(PairedPlace from, PairedPlace to, int point) => to.IsOutside && new[] { false, true }.Any(s =>
        from.Nic(s) is { } nic && UnfilteredServices.To(to.Address, (s ? _newEstate : _oldEstate).Vpcs.FirstOrDefault(v => v.Id == nic.Vpc)).Contains(point));

    private static Endpoint EndOf(PairedPlace place, NetworkInterface? nic) => nic is null ? Endpoint.Outside(place.Address) : Endpoint.Of(nic, place.Address);

    private static IEnumerable<((string Vpc, string Address) Key, NetworkInterface Nic)> HeldBy(ConnectivityProbe probe) =>
        probe.Held.Select(h => ((h.Interface!.Vpc?.Value ?? "none", h.Address.ToString()), h.Interface!));

    private static IEnumerable<PairedPlace> Match(Address address, List<NetworkInterface> left, List<NetworkInterface> right)
    {
        foreach (var nic in left.ToList())
        {
            if (right.Find(r => r.Id == nic.Id) is not { } same) continue;
            yield return new PairedPlace(address, nic, same);
            left.Remove(nic);
            right.Remove(same);
        }

        for (; left.Count > 0 && right.Count > 0; left.RemoveAt(0), right.RemoveAt(0)) yield return new PairedPlace(address, left[0], right[0]);
        foreach (var nic in left) yield return new PairedPlace(address, nic, null);
        foreach (var nic in right) yield return new PairedPlace(address, null, nic);
    }
}
