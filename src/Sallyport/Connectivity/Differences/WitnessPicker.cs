using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Chooses the packet that shows a box: running interfaces before others, telling ports and addresses before others, else the lowest.
/// (reference: reachability-and-synthesis §5.4)
/// </summary>
internal sealed class WitnessPicker
{
    private readonly PairedEnds _ends;
    private readonly ConnectivityModel _old;
    private readonly ConnectivityModel _new;
    private readonly Lazy<Dictionary<string, string>> _oldStates;
    private readonly Lazy<Dictionary<string, string>> _newStates;
    private readonly Dictionary<(int[] Ends, bool IsNew), int[]> _ranked = [];
    private readonly Dictionary<AddressSet, Address> _told = [];

    public WitnessPicker(PairedEnds ends, ConnectivityModel old, ConnectivityModel @new)
    {
        (_ends, _old, _new) = (ends, old, @new);
        (_oldStates, _newStates) = (new(() => States(@new, old)), new(() => States(old, @new)));
    }

    /// <summary>The ends to show; null when every pair is an interface with itself.</summary>
    public (WalkEnd From, WalkEnd To)? Pick(FlowBox box, int[] from, int[] to, bool isNew)
    {
        if (box.FromOutside is { } sources) return (Outside(sources), EndOf(Best(to, isNew)[0]));
        if (box.ToOutside is { } targets) return (EndOf(Best(from, isNew)[0]), Outside(targets));
        foreach (var target in Best(to, isNew))
        {
            foreach (var source in Best(from, isNew))
            {
                if (_ends.Ends[source].Nic(isNew) != _ends.Ends[target].Nic(isNew)) return (EndOf(source), EndOf(target));
            }
        }

        return null;
    }

    /// <summary>The witness as a reader sees it, with the interfaces of the estate in which it gets through.</summary>
    public static Witness Of(WalkEnd from, WalkEnd to, int point, bool isNew) => new(Of(from, isNew), Of(to, isNew), point);

    private static Endpoint Of(WalkEnd end, bool isNew) =>
        (isNew ? end.New : end.Old) is { } nic ? Endpoint.Of(nic, end.Address) : Endpoint.Outside(end.Address);

    private WalkEnd EndOf(int index)
    {
        var end = _ends.Ends[index];
        return new WalkEnd(
            new Address(end.Family, end.Range.First),
            end.OldNic < 0 ? null : _old.Estate.NetworkInterfaces[end.OldNic],
            end.NewNic < 0 ? null : _new.Estate.NetworkInterfaces[end.NewNic],
            IsOutside: false);
    }

    private int[] Best(int[] ends, bool isNew)
    {
        if (ends.Length == 1) return ends;
        if (_ranked.TryGetValue((ends, isNew), out var known)) return known;
        return _ranked[(ends, isNew)] = [.. ends.OrderBy(e => Rank((isNew ? _new : _old).Estate.NetworkInterfaces[_ends.Ends[e].Nic(isNew)], isNew)).ThenBy(e => e)];
    }

    // An instance that one of the estates does not hold is what it was in the other.
    private static Dictionary<string, string> States(ConnectivityModel other, ConnectivityModel own)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var instance in other.Estate.Instances.Concat(own.Estate.Instances)) result[instance.Id] = instance.State;
        return result;
    }

    private int Rank(NetworkInterface nic, bool isNew)
    {
        if (nic.Instance is { } instance && (isNew ? _newStates : _oldStates).Value.TryGetValue(instance, out var state) && state.Length > 0) return state == "running" ? 0 : 2;
        return nic.Status == "in-use" ? 1 : 3;
    }

    private WalkEnd Outside(AddressSet addresses)
    {
        if (!_told.TryGetValue(addresses, out var best)) _told.Add(addresses, best = Telling(addresses));
        return new WalkEnd(best, null, null, IsOutside: true);
    }

    private Address Telling(AddressSet addresses)
    {
        var documented = AddressSet.Of(addresses.Family, PublicSpace.SpecialPurpose.Where(b => b.Name.StartsWith("Documentation", StringComparison.Ordinal)).Select(b => b.Cidr));
        foreach (var better in new[] { documented, PublicSpace.Of(addresses.Family), AddressSet.Full(addresses.Family) })
        {
            foreach (var range in addresses.Intersect(better).Ranges)
            {
                if (_ends.FirstOutside(addresses.Family, range) is { } found) return found;
            }
        }

        throw new InvalidOperationException($"Every address of {addresses} is held by an interface.");
    }
}
