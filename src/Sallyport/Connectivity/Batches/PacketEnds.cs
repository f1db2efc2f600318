using System.Text;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Batches;

/// <summary>Ends by their UTF-8 text, the recent ones remembered: a million lines name the same few thousand again and again.</summary>
internal sealed class PacketEnds(ConnectivityModel model)
{
    private readonly EndpointResolver _resolver = new(model) { Suggests = false };
    private readonly Utf8Cache<PacketEnd> _known = new(bits: 18);

    public PacketEnd Find(ReadOnlySpan<byte> text)
    {
        if (_known.Find(text, out var hash) is { } known) return known;
        var word = Encoding.UTF8.GetString(text);

        // Addresses of the internet are many, and quicker made than looked up: remembered, they would only push out the estate's own.
        if (Address.TryParse(word, out var address) && model.Addresses.Holders(address).Count == 0 && model.Addresses.HolderOfPublic(address) is null)
        {
            var outside = Endpoint.Outside(address);
            return new PacketEnd(word) { Members = [outside], Ends = [model.EndOf(outside)] };
        }

        return _known.Put(text, hash, Resolve(word));
    }

    private PacketEnd Resolve(string text)
    {
        var result = _resolver.ResolvePacketEnd(text);
        if (result.Value is not { } set) return new PacketEnd(text) { Error = result.Diagnostics[0] };
        var end = new PacketEnd(text) { Set = set };
        if (set.Places.Any(p => !p.IsSingle)) return end;
        var members = set.Places.Select(model.EndpointOf).Concat(Outside(set, IpFamily.V4)).Concat(Outside(set, IpFamily.V6)).ToArray();
        return end with { Members = [.. members], Ends = [.. members.Select(model.EndOf)] };
    }

    private static IEnumerable<Endpoint> Outside(EndpointSet set, IpFamily family) =>
        set.Outside(family).Ranges.Select(r => Endpoint.Outside(new Address(family, r.First)));
}
