using System.Security.Cryptography;
using System.Text;
using Sallyport.Estates;

namespace Sallyport.Aws.Tests.Estates;

/// <summary>Everything an estate says, one line a thing, in the estate's own order. Only for comparing and for digests.</summary>
internal static class EstateText
{
    public static string Of(Estate estate)
    {
        var text = new StringBuilder();
        foreach (var vpc in estate.Vpcs) text.Append($"{vpc.Id} {vpc.Scope} {Join(vpc.Cidrs)} {vpc.Tags}\n");
        foreach (var subnet in estate.Subnets) text.Append($"{subnet.Id} {subnet.Scope} {subnet.Vpc} {Join(subnet.Cidrs)} {subnet.AvailabilityZone}\n");
        foreach (var table in estate.RouteTables)
        {
            text.Append($"{table.Id} {table.Vpc} {Join(table.Subnets)}");
            foreach (var route in table.Routes) text.Append($" {route.Destination}{route.DestinationPrefixList}>{route.Target}");
            text.Append('\n');
        }

        foreach (var acl in estate.NetworkAcls) text.Append($"{acl.Id} {acl.Vpc} {Join(acl.Subnets)} {Join(acl.Entries)}\n");
        foreach (var list in estate.PrefixLists) text.Append($"{list.Id} {list.Scope} {list.Name} {list.MaxEntries} {Join(list.Entries ?? [])}\n");
        foreach (var peering in estate.Peerings) text.Append($"{peering.Id} {peering.Requester.Vpc} {peering.Accepter.Vpc} {peering.Status}\n");
        foreach (var gateway in estate.Gateways) text.Append($"{gateway.Id} {Join(gateway.Vpcs)} {Join(gateway.PublicAddresses)}\n");
        foreach (var endpoint in estate.VpcEndpoints) text.Append($"{endpoint.Id} {endpoint.Service} {Join(endpoint.Groups)} {Join(endpoint.RouteTables)}\n");
        foreach (var group in estate.SecurityGroups)
        {
            text.Append($"{group.Id} {group.Scope} {group.Vpc} {group.Name} {group.Description} {group.Tags}\n");
            foreach (var rule in group.Rules) text.Append($"  {rule.Id} {rule.Key} {rule.Description} {rule.Tags}\n");
        }

        foreach (var nic in estate.NetworkInterfaces)
        {
            text.Append($"{nic.Id} {nic.Subnet} {Join(nic.Groups)} {Join(nic.Addresses)} {Join(nic.PublicAddresses)} {nic.Instance} {nic.Description}\n");
        }

        return text.ToString();
    }

    public static string DigestOf(Estate estate) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(estate))))[..32];

    private static string Join<T>(IEnumerable<T> values) => string.Join(",", values);
}
