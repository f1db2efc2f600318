using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Differences;

/// <summary>An end of both estates at one address; outside when neither holds it.</summary>
internal sealed record PairedPlace(Address Address, NetworkInterface? Old, NetworkInterface? New)
{
    public bool IsOutside => Old is null && New is null;

    public NetworkInterface? Nic(bool isNew) => isNew ? New : Old;

    public override string ToString() => $"{Address} ({Old?.Id.Value ?? "-"}, {New?.Id.Value ?? "-"})";
}
