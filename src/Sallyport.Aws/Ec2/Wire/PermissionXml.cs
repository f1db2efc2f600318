using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>ipPermissions/item</c>, the grouped view: one service with any number of peers, each a rule.</summary>
internal static class PermissionXml
{
    /// <summary>Reads one item into rules; what EC2 would not take goes to <paramref name="malformed"/>.</summary>
    public static void Read(ResponseReader xml, Direction direction, ImmutableArray<SecurityGroupRule>.Builder rules, List<MalformedRule> malformed)
    {
        string? protocol = null;
        int? from = null, to = null;
        var peers = new List<(Peer? Peer, string Text, string Description)>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "ipProtocol": protocol = xml.Text(); break;
                case "fromPort": from = xml.Int(); break;
                case "toPort": to = xml.Int(); break;
                case "ipRanges" or "ipv6Ranges" or "prefixListIds" or "groups":
                    foreach (var _ in xml.Children()) peers.Add(ReadPeer(xml));
                    break;
            }
        }

        foreach (var (peer, text, description) in peers)
        {
            if (RuleFields.TryService(protocol, from, to, out var service, out var problem) && peer is not null)
            {
                rules.Add(new SecurityGroupRule(direction, service, peer) { Description = description });
            }
            else
            {
                malformed.Add(new MalformedRule(direction, problem ?? $"\"{text}\" is not a peer", At: null));
            }
        }

        if (peers.Count == 0) malformed.Add(new MalformedRule(direction, "the rule has no peer", At: null));
    }

    private static (Peer? Peer, string Text, string Description) ReadPeer(ResponseReader xml)
    {
        var (text, description) = (string.Empty, string.Empty);
        Peer? peer = null;
        GroupFields group = default;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "cidrIp" or "cidrIpv6":
                    text = xml.Text();
                    if (Cidr.TryParse(text, out var cidr)) peer = new CidrPeer(cidr);
                    break;
                case "prefixListId":
                    text = xml.Text();
                    if (text.Length > 0) peer = new PrefixListPeer(new PrefixListId(text));
                    break;
                case "description": description = xml.Text(); break;
                default: group.Read(xml, name); break;
            }
        }

        return (peer ?? group.ToPeer(), text, description);
    }
}
