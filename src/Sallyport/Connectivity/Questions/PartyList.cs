using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>Cuts a set of ends into parties.</summary>
internal static class PartyList
{
    public static List<Party> Of(ConnectivityModel model, EndpointSet set)
    {
        var result = new List<Party>();
        foreach (var bucket in set.Places.GroupBy(p => (Carrier: model.CarrierOf(p.Nic), p.Family)))
        {
            var nic = bucket.First().Nic;
            result.Add(new Party(model.GroupsOf(nic), model.VpcOf(nic), bucket.Key.Family) { Places = [.. bucket] });
        }

        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (set.Outside(family) is not { IsEmpty: false } outside) continue;
            var hidden = model.MemberGaps.Hidden(family);
            AddOutside(result, outside.Subtract(hidden), isHidden: false, set.IsInternet);
            AddOutside(result, outside.Intersect(hidden), isHidden: true, set.IsInternet);
        }

        foreach (var group in set.EmptyGroups) AddSymbolic(result, model, group);
        return result;
    }

    private static void AddOutside(List<Party> result, AddressSet addresses, bool isHidden, bool isInternet)
    {
        if (!addresses.IsEmpty) result.Add(new Party(null, -1, addresses.Family) { Places = [], Ranges = [.. addresses.Ranges], IsHidden = isHidden, IsInternet = isInternet });
    }

    // A member to come has an IPv4 address of the group's VPC, and an IPv6 address when the VPC has such blocks.
    private static void AddSymbolic(List<Party> result, ConnectivityModel model, Estates.SecurityGroupId group)
    {
        if (model.FindGroup(group) is not { } index) return;
        var vpc = model.GroupVpc(index) is { } id && model.Estate.Index.Vpcs.TryGetValue(id, out var found) ? found : null;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var space = vpc is null ? AddressSet.Empty(family) : AddressSet.Of(family, vpc.Cidrs);
            if (space.IsEmpty && family == IpFamily.V6) continue;
            if (space.IsEmpty) space = AddressSet.Full(family);
            result.Add(new Party([index], model.GroupVpcIndex(index), family) { Places = [], Ranges = [.. space.Ranges], IsSymbolic = true });
        }
    }
}
