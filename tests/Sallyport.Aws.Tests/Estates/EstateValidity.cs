using System.Text.RegularExpressions;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Tests.Estates;

/// <summary>What EC2 would object to in an estate, as sentences. Written from ec2-semantics §2, §4 and §5, apart from the code it judges.</summary>
internal static class EstateValidity
{
    private const string GroupText = @"^[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}$";
    private const string RuleText = @"^[a-zA-Z0-9 ._\-:/()#,@\[\]+=;{}!$*]{0,255}$";

    public static List<string> Problems(Estate estate, int quota = 60)
    {
        var problems = new List<string>();
        CheckIds(estate, problems);
        CheckNetworks(estate, problems);
        foreach (var group in estate.SecurityGroups) CheckGroup(estate, group, quota, problems);
        CheckNames(estate, problems);
        foreach (var nic in estate.NetworkInterfaces) CheckInterface(estate, nic, problems);
        CheckAddresses(estate, problems);
        return problems;
    }

    private static void CheckIds(Estate estate, List<string> problems)
    {
        var ids = estate.SecurityGroups.Select(g => (g.Id.Value, "sg"))
            .Concat(estate.SecurityGroups.SelectMany(g => g.Rules).Select(r => (r.Id?.Value ?? "none", "sgr")))
            .Concat(estate.NetworkInterfaces.Select(n => (n.Id.Value, "eni")))
            .Concat(estate.Vpcs.Select(v => (v.Id.Value, "vpc")))
            .Concat(estate.Subnets.Select(s => (s.Id.Value, "subnet")))
            .Concat(estate.RouteTables.Select(t => (t.Id, "rtb")))
            .Concat(estate.NetworkAcls.Select(a => (a.Id, "acl")))
            .Concat(estate.Peerings.Select(p => (p.Id.Value, "pcx")))
            .Concat(estate.VpcEndpoints.Select(e => (e.Id, "vpce")))
            .Concat(estate.Instances.Select(i => (i.Id, "i")))
            .Concat(estate.FlowLogs.Select(f => (f.Id, "fl")))
            .Concat(estate.PrefixLists.Where(p => !p.IsAwsManaged).Select(p => (p.Id.Value, "pl")))
            .Concat(estate.Gateways.Select(g => (g.Id, g.Kind switch
            {
                GatewayKind.Internet => "igw",
                GatewayKind.EgressOnlyInternet => "eigw",
                GatewayKind.Nat => "nat",
                _ => "other",
            })));
        var seen = new HashSet<string>();
        foreach (var (id, prefix) in ids)
        {
            if (!Regex.IsMatch(id, $"^{prefix}-[0-9a-f]{{17}}$")) problems.Add($"{id} is not an id of kind {prefix}.");
            if (!seen.Add(id)) problems.Add($"{id} occurs twice.");
        }

        foreach (var list in estate.PrefixLists.Where(p => p.IsAwsManaged))
        {
            if (!Regex.IsMatch(list.Id.Value, "^pl-([0-9a-f]{8}|[0-9a-f]{17})$")) problems.Add($"{list.Id} is not a prefix list id.");
        }

        foreach (var account in estate.Scopes.Select(s => s.Account).Where(a => !Regex.IsMatch(a, "^[0-9]{12}$"))) problems.Add($"{account} is not an account.");
    }

    private static void CheckNetworks(Estate estate, List<string> problems)
    {
        foreach (var region in estate.Vpcs.GroupBy(v => v.Scope))
        {
            if (region.Count() > 5) problems.Add($"{region.Key} has {region.Count()} VPCs, more than the quota of 5.");
            if (region.Count(v => v.IsDefault) > 1) problems.Add($"{region.Key} has two default VPCs.");
        }

        foreach (var region in estate.SecurityGroups.GroupBy(g => g.Scope).Where(r => r.Count() > 2500)) problems.Add($"{region.Key} has more than 2500 groups.");
        foreach (var vpc in estate.Vpcs)
        {
            if (estate.SecurityGroups.Count(g => g.Vpc == vpc.Id && g.IsDefault) != 1) problems.Add($"{vpc.Id} has not exactly one default group.");
            if (estate.RouteTables.Count(t => t.Vpc == vpc.Id && t.IsMain) != 1) problems.Add($"{vpc.Id} has not exactly one main route table.");
            if (estate.NetworkAcls.Count(a => a.Vpc == vpc.Id && a.IsDefault) != 1) problems.Add($"{vpc.Id} has not exactly one default ACL.");
            if (vpc.Cidrs.Any(c => c.Family == IpFamily.V4 ? c.PrefixLength is < 16 or > 28 : c.PrefixLength is < 44 or > 60)) problems.Add($"{vpc.Id} has a block of an impossible size.");
            var subnets = estate.Subnets.Where(s => s.Vpc == vpc.Id).ToList();
            foreach (var subnet in subnets)
            {
                if (!subnet.Cidrs.All(c => vpc.Cidrs.Any(v => v.Contains(c)))) problems.Add($"{subnet.Id} lies outside its VPC.");
                if (subnets.Any(o => o.Id != subnet.Id && o.Cidrs.Any(a => subnet.Cidrs.Any(b => a.Contains(b))))) problems.Add($"{subnet.Id} overlaps another subnet.");
                if (estate.NetworkAcls.Count(a => a.Subnets.Contains(subnet.Id)) != 1) problems.Add($"{subnet.Id} has not exactly one ACL.");
                if (estate.RouteTables.Count(t => t.Subnets.Contains(subnet.Id)) > 1) problems.Add($"{subnet.Id} has two route tables.");
            }
        }

        foreach (var table in estate.RouteTables) CheckRoutes(estate, table, problems);
        foreach (var peering in estate.Peerings)
        {
            var (a, b) = (estate.Vpcs.Single(v => v.Id == peering.Requester.Vpc), estate.Vpcs.Single(v => v.Id == peering.Accepter.Vpc));
            if (a.Cidrs.Any(x => b.Cidrs.Any(y => x.Contains(y) || y.Contains(x)))) problems.Add($"{peering.Id} joins overlapping VPCs.");
            if (peering.Requester.Scope != a.Scope || peering.Accepter.Scope != b.Scope) problems.Add($"{peering.Id} has a wrong scope.");
        }
    }

    private static void CheckRoutes(Estate estate, RouteTable table, List<string> problems)
    {
        foreach (var route in table.Routes)
        {
            var known = route.Target == "local"
                || estate.Gateways.Any(g => g.Id == route.Target && g.Vpcs.Contains(table.Vpc))
                || estate.Peerings.Any(p => p.Id.Value == route.Target && (p.Requester.Vpc == table.Vpc || p.Accepter.Vpc == table.Vpc))
                || estate.VpcEndpoints.Any(e => e.Id == route.Target && e.Vpc == table.Vpc && e.RouteTables.Contains(table.Id));
            if (!known) problems.Add($"{table.Id} has a route to {route.Target}, which is not of this VPC.");
            if (route.Destination is null == route.DestinationPrefixList is null) problems.Add($"{table.Id} has a route without one destination.");
        }

        if (table.Routes.GroupBy(r => (r.Destination, r.DestinationPrefixList)).Any(g => g.Count() > 1)) problems.Add($"{table.Id} has two routes for one destination.");
    }

    private static void CheckNames(Estate estate, List<string> problems)
    {
        foreach (var twice in estate.SecurityGroups.GroupBy(g => (g.Vpc, g.Name.ToUpperInvariant())).Where(g => g.Count() > 1))
        {
            problems.Add($"{twice.First().Name} occurs twice in {twice.Key.Vpc}.");
        }
    }

    private static void CheckGroup(Estate estate, SecurityGroup group, int quota, List<string> problems)
    {
        if (group.Name.Length == 0 || !Regex.IsMatch(group.Name, GroupText) || group.Name.StartsWith("sg-", StringComparison.OrdinalIgnoreCase) || group.Name.EndsWith(' '))
        {
            problems.Add($"\"{group.Name}\" is not a name.");
        }

        if (group.Description.Length == 0 || !Regex.IsMatch(group.Description, GroupText)) problems.Add($"{group.Id}: \"{group.Description}\" is not a description.");
        if (estate.Index.Vpcs.GetValueOrDefault(group.Vpc!.Value) is not { } vpc || vpc.Scope != group.Scope) problems.Add($"{group.Id} is not in a VPC of its scope.");
        foreach (var (key, value) in group.Tags.Pairs)
        {
            if (key.Length is 0 or > 127 || value.Length > 256 || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) problems.Add($"{group.Id}: tag {key} is not allowed.");
        }

        foreach (var rule in group.Rules) CheckRule(estate, group, rule, problems);
        foreach (var direction in Enum.GetValues<Direction>())
        {
            foreach (var family in Enum.GetValues<IpFamily>())
            {
                var weight = group.RulesOf(direction).Sum(r => Weight(estate, r.Peer, family));
                if (weight > quota) problems.Add($"{group.Id} uses {weight} of {quota} {direction} rules of {family}.");
            }
        }
    }

    private static int Weight(Estate estate, Peer peer, IpFamily family) => peer switch
    {
        CidrPeer cidr => cidr.Cidr.Family == family ? 1 : 0,
        GroupPeer => 1,
        PrefixListPeer list when estate.PrefixLists.FirstOrDefault(p => p.Id == list.PrefixList) is { } known =>
            known.Family != family ? 0 : known.IsAwsManaged ? 1 : known.MaxEntries ?? 0,
        _ => 0,
    };

    private static void CheckRule(Estate estate, SecurityGroup group, SecurityGroupRule rule, List<string> problems)
    {
        if (!Regex.IsMatch(rule.Description, RuleText)) problems.Add($"{rule.Id}: \"{rule.Description}\" is not a rule description.");
        if (rule.Tags is null) problems.Add($"{rule.Id} does not know its tags.");
        switch (rule.Peer)
        {
            case PrefixListPeer { PrefixList: var id }:
                var list = estate.PrefixLists.FirstOrDefault(p => p.Id == id);
                if (list?.Entries is null) problems.Add($"{rule.Id} names {id}, which is not known with its entries.");
                else if (list.Scope.Region != group.Scope.Region || (!list.IsAwsManaged && list.Scope != group.Scope)) problems.Add($"{rule.Id} names a list of another place.");
                else if (list.Entries.Value.Length > (list.MaxEntries ?? int.MaxValue)) problems.Add($"{id} has more entries than its most.");
                else if (list.Entries.Value.Any(e => e.Cidr.Family != list.Family)) problems.Add($"{id} mixes families.");
                break;
            case GroupPeer peer:
                CheckReference(estate, group, rule, peer, problems);
                break;
        }
    }

    private static void CheckReference(Estate estate, SecurityGroup group, SecurityGroupRule rule, GroupPeer peer, List<string> problems)
    {
        if (estate.Index.Groups.GetValueOrDefault(peer.Group) is not { } target)
        {
            problems.Add($"{rule.Id} names {peer.Group}, which does not exist.");
            return;
        }

        if (peer.Account != target.Scope.Account) problems.Add($"{rule.Id} names a wrong account.");
        if (target.Vpc == group.Vpc)
        {
            if (peer.Vpc is not null || peer.Peering is not null || peer.PeeringStatus is not null) problems.Add($"{rule.Id} gives a peering inside one VPC.");
            return;
        }

        var peering = estate.Peerings.FirstOrDefault(p => p.Id == peer.Peering);
        var joins = peering is not null && new[] { peering.Requester.Vpc, peering.Accepter.Vpc }.ToHashSet().SetEquals([group.Vpc!.Value, target.Vpc!.Value]);
        if (!joins) problems.Add($"{rule.Id} names a group of a VPC that is not peered.");
        if (target.Scope.Region != group.Scope.Region) problems.Add($"{rule.Id} names a group of another Region.");
        if (peer.Vpc != target.Vpc || peer.PeeringStatus != peering?.Status) problems.Add($"{rule.Id} tells a wrong VPC or peering status.");
    }

    private static void CheckInterface(Estate estate, NetworkInterface nic, List<string> problems)
    {
        var subnet = estate.Index.Subnets.GetValueOrDefault(nic.Subnet!.Value);
        if (subnet is null || subnet.Vpc != nic.Vpc || subnet.Scope != nic.Scope)
        {
            problems.Add($"{nic.Id} is not in a subnet of its VPC and scope.");
            return;
        }

        if (nic.Groups.Length > 5) problems.Add($"{nic.Id} carries {nic.Groups.Length} groups.");
        if (nic.Groups.IsEmpty && nic.InterfaceType != "natGateway") problems.Add($"{nic.Id} carries no group.");
        if (!nic.Groups.SequenceEqual(nic.Groups.Distinct().Order())) problems.Add($"{nic.Id}: groups are not sorted and distinct.");
        foreach (var id in nic.Groups)
        {
            if (estate.Index.Groups.GetValueOrDefault(id)?.Vpc != nic.Vpc) problems.Add($"{nic.Id} carries {id} of another VPC.");
        }

        if (nic.Addresses.IsEmpty || nic.Addresses[0].Family != IpFamily.V4) problems.Add($"{nic.Id} has no primary address.");
        foreach (var address in nic.Addresses)
        {
            if (subnet.Cidrs.FirstOrDefault(c => c.Contains(address)) is not { PrefixLength: > 0 } block) problems.Add($"{nic.Id}: {address} is outside its subnet.");
            else if (address.Bits - block.First.Bits < 4 || address == block.Last) problems.Add($"{nic.Id}: {address} is kept by EC2.");
        }

        foreach (var (local, _) in nic.PublicAddresses)
        {
            if (!nic.Addresses.Contains(local)) problems.Add($"{nic.Id}: {local} is published but not its own.");
        }

        if (nic.Instance is { } instance && !estate.Instances.Any(i => i.Id == instance && i.Vpc == nic.Vpc)) problems.Add($"{nic.Id}: {instance} is not known.");
    }

    private static void CheckAddresses(Estate estate, List<string> problems)
    {
        foreach (var twice in estate.NetworkInterfaces.SelectMany(n => n.Addresses.Select(a => (n.Vpc, a))).GroupBy(x => x).Where(g => g.Count() > 1))
        {
            problems.Add($"{twice.Key.a} occurs twice in {twice.Key.Vpc}.");
        }

        foreach (var twice in estate.NetworkInterfaces.SelectMany(n => n.PublicAddresses.Select(p => p.Value)).GroupBy(x => x).Where(g => g.Count() > 1))
        {
            problems.Add($"{twice.Key} is published twice.");
        }
    }
}
