using System.Globalization;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>Reads protocol and ports as EC2 does, with its refusals (EC2 API: IpPermission).</summary>
internal static class ServiceReader
{
    /// <summary>The canonical service of three request fields.</summary>
    public static Service Read(string? protocolText, int? from, int? to)
    {
        if (protocolText is null) throw Refusals.NullProtocol();
        var protocol = ReadProtocol(protocolText);
        if (protocol.HasPorts) CheckPorts(from, to);
        else if (protocol == Protocol.Icmp) CheckTypes(from ?? throw Refusals.PortsMissing("ICMP"), to ?? throw Refusals.PortsMissing("ICMP"));
        else if (protocol == Protocol.IcmpV6) CheckTypes(from ?? -1, to ?? -1);
        else (from, to) = (null, null);
        return Service.Create(protocol, from, to);
    }

    private static Protocol ReadProtocol(string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "tcp": return Protocol.Tcp;
            case "udp": return Protocol.Udp;
            case "icmp": return Protocol.Icmp;
            case "icmpv6": return Protocol.IcmpV6;
            case "-1": return Protocol.All;
            default: break;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 255
            ? Protocol.Of(number)
            : throw Refusals.UnknownProtocol(text);
    }

    private static void CheckPorts(int? from, int? to)
    {
        if (from is not { } first || to is not { } last) throw Refusals.PortsMissing("TCP/UDP");
        if (first is < 0 or > 65_535) throw Refusals.OutOfRange("TCP/UDP port", first);
        if (last is < 0 or > 65_535) throw Refusals.OutOfRange("TCP/UDP port", last);
        if (first > last) throw Refusals.PortsUpsideDown(first, last);
    }

    private static void CheckTypes(int type, int code)
    {
        if (type is < -1 or > 255) throw Refusals.OutOfRange("ICMP type", type);
        if (code is < -1 or > 255) throw Refusals.OutOfRange("ICMP code", code);
        if (type == -1 && code != -1) throw Refusals.CodeWithoutType(code);
    }
}
