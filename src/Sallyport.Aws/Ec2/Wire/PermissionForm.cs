using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Writes rules as <c>IpPermissions.n</c>: one permission a service, its peers in four lists.</summary>
internal static class PermissionForm
{
    /// <summary>Adds the rules of one direction. A group peer of another account than <paramref name="account"/> sends its owner.</summary>
    public static QueryParameters AddPermissions(this QueryParameters form, IEnumerable<SecurityGroupRule> rules, string account)
    {
        var n = 0;
        foreach (var permission in rules.GroupBy(r => r.Service).OrderBy(g => g.Key))
        {
            var prefix = $"IpPermissions.{++n}.";
            AddService(form, prefix, permission.Key);
            var (v4, v6, lists, groups) = (0, 0, 0, 0);
            foreach (var rule in permission.OrderBy(r => r.Peer))
            {
                switch (rule.Peer)
                {
                    case CidrPeer { Cidr: { Family: IpFamily.V4 } block }:
                        Add($"{prefix}IpRanges.{++v4}.", "CidrIp", block.ToString(), rule);
                        break;
                    case CidrPeer { Cidr: var block }:
                        Add($"{prefix}Ipv6Ranges.{++v6}.", "CidrIpv6", block.ToString(), rule);
                        break;
                    case PrefixListPeer { PrefixList: var list }:
                        Add($"{prefix}PrefixListIds.{++lists}.", "PrefixListId", list.Value, rule);
                        break;
                    case GroupPeer peer:
                        var at = $"{prefix}Groups.{++groups}.";
                        Add(at, "GroupId", peer.Group.Value, rule);
                        if (peer.Account is { Length: > 0 } owner && owner != account) form.Add(at + "UserId", owner);
                        break;
                }
            }
        }

        return form;

        void Add(string at, string field, string value, SecurityGroupRule rule)
        {
            form.Add(at + field, value);
            if (rule.Description.Length > 0) form.Add(at + "Description", rule.Description);
        }
    }

    /// <summary>Adds <c>IpProtocol</c> and, where they mean something, the ports or type and code.</summary>
    public static void AddService(QueryParameters form, string prefix, Service service)
    {
        form.Add(prefix + "IpProtocol", service.Protocol.WireName);
        if (!service.Protocol.HasPorts && !service.Protocol.HasTypes) return;
        form.Add(prefix + "FromPort", service.From).Add(prefix + "ToPort", service.To);
    }

    /// <summary>Adds one tag specification, or nothing without tags.</summary>
    public static QueryParameters AddTagSpecification(this QueryParameters form, string resourceType, Tags tags)
    {
        if (tags.IsEmpty) return form;
        form.Add("TagSpecification.1.ResourceType", resourceType);
        return form.AddTags("TagSpecification.1.Tag", tags);
    }

    /// <summary>Adds tags as <c>prefix.n.Key</c> and <c>prefix.n.Value</c>.</summary>
    public static QueryParameters AddTags(this QueryParameters form, string prefix, Tags tags)
    {
        var n = 0;
        foreach (var (key, value) in tags.Pairs) form.Add($"{prefix}.{++n}.Key", key).Add($"{prefix}.{n}.Value", value);
        return form;
    }
}
