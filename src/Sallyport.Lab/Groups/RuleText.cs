using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>A rule in the words of EC2's duplicate message.</summary>
internal static class RuleText
{
    public static string Of(SecurityGroupRule rule)
    {
        var service = rule.Service;
        var protocol = service.Protocol;
        if (protocol == Protocol.All) return $"peer: {rule.Peer}, ALL, ALLOW";
        var name = protocol.WireName.ToUpperInvariant();
        if (protocol.HasTypes) return $"peer: {rule.Peer}, {name}, type: {All(service.From)}, code: {All(service.To)}, ALLOW";
        return protocol.HasPorts
            ? $"peer: {rule.Peer}, {name}, from port: {service.From}, to port: {service.To}, ALLOW"
            : $"peer: {rule.Peer}, {name}, ALLOW";
    }

    private static string All(int number) => number < 0 ? "ALL" : $"{number}";
}
