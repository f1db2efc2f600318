using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>securityGroupRuleSet/item</c> (DescribeSecurityGroupRules and the answers of Authorize): one rule with its id and tags.</summary>
internal static class SecurityGroupRuleXml
{
    public static ReadRule Read(ResponseReader xml)
    {
        string? id = null, group = null, protocol = null;
        int? from = null, to = null;
        bool? egress = null;
        var (description, peerText) = (string.Empty, string.Empty);
        var tags = Tags.None;
        Peer? peer = null;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "securityGroupRuleId": id = xml.OptionalText(); break;
                case "groupId": group = xml.OptionalText(); break;
                case "isEgress": egress = xml.Bool(); break;
                case "ipProtocol": protocol = xml.Text(); break;
                case "fromPort": from = xml.Int(); break;
                case "toPort": to = xml.Int(); break;
                case "description": description = xml.Text(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "cidrIpv4" or "cidrIpv6" when xml.OptionalText() is { } text:
                    peerText = text;
                    if (Cidr.TryParse(text, out var cidr)) peer = new CidrPeer(cidr);
                    break;
                case "prefixListId" when xml.OptionalText() is { } text: peer = new PrefixListPeer(new PrefixListId(text)); break;
                case "referencedGroupInfo":
                    GroupFields fields = default;
                    foreach (var field in xml.Children()) fields.Read(xml, field);
                    peer = fields.ToPeer() ?? peer;
                    break;
            }
        }

        if (group is null || egress is null) throw new System.Xml.XmlException("A rule does not say its group and direction.");
        var direction = egress.Value ? Direction.Egress : Direction.Ingress;
        var owner = new SecurityGroupId(group);
        if (!RuleFields.TryService(protocol, from, to, out var service, out var problem) || peer is null)
        {
            problem ??= peerText.Length > 0 ? $"\"{peerText}\" is not a peer" : "the rule has no peer";
            return new ReadRule(owner, null, new MalformedRule(direction, problem, At: null));
        }

        var rule = new SecurityGroupRule(direction, service, peer)
        {
            Id = id is null ? null : new SecurityGroupRuleId(id),
            Description = description,
            Tags = tags,
        };
        return new ReadRule(owner, rule, null);
    }
}
