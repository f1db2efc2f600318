using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Templates.AwsCli;

/// <summary>One rule as an item of <c>--ip-permissions</c>.</summary>
internal static class ShellPermission
{
    /// <summary>Appends the item. The account of a referenced group is named when it is not <paramref name="account"/>.</summary>
    public static void Append(ShellText word, RuleKey key, string account, string description)
    {
        var service = key.Service;
        word.Text($"{{\"IpProtocol\":\"{service.Protocol.WireName}\"");
        if (service.Protocol.HasPorts || service.Protocol.HasTypes) word.Text($",\"FromPort\":{service.From},\"ToPort\":{service.To}");
        switch (key.Peer)
        {
            case CidrPeer { Cidr: var cidr }:
                word.Text(cidr.Family == IpFamily.V4 ? ",\"IpRanges\":[{\"CidrIp\":" : ",\"Ipv6Ranges\":[{\"CidrIpv6\":").Json(cidr.ToString());
                break;
            case PrefixListPeer { PrefixList: var list }:
                word.Text(",\"PrefixListIds\":[{\"PrefixListId\":").Json(list.Value);
                break;
            case GroupPeer peer:
                word.Text(",\"UserIdGroupPairs\":[{\"GroupId\":").Json(peer.Group.Value);
                if (peer.Account is { } owner && owner != account) word.Text(",\"UserId\":").Json(owner);
                break;
        }

        if (description.Length > 0) word.Text(",\"Description\":").Json(description);
        word.Text("}]}");
    }
}
