using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>Judges what lies between two endpoints. Not built yet: nothing is known.</summary>
public sealed class NetworkLayers(Estate estate, NetworkOptions? options = null)
{
    /// <summary>How it judges.</summary>
    public NetworkOptions Options { get; } = options ?? new();

    /// <summary>Judges one pair.</summary>
    public PathJudgement Judge(Endpoint from, Endpoint to) =>
        new() { Nacl = Passage.NotKnown, Route = Passage.NotKnown, Notes = [new PathNote(Layer.Route, string.Empty, $"no network of {estate.Vpcs.Length} VPCs between {from} and {to} is judged yet") { IsGap = true }] };

    /// <summary>Where outside addresses begin to be judged differently.</summary>
    public IEnumerable<UInt128> CutsFor(NetworkInterface nic, IpFamily family) => estate.NetworkInterfaces.IsEmpty || nic.Addresses.IsEmpty ? [] : [Address.Max(family)];
}
