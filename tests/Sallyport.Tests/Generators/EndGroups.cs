using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>Makes the sets that questions are about: of every kind, drawn from one estate.</summary>
internal sealed class EndGroups(ConnectivityModel model, ConnectivityProbe probe, Random random)
{
    private readonly Estate _estate = model.Estate;

    public EndGroup Any() => random.Next(14) switch
    {
        0 or 1 => OfInterface(),
        2 => OfEndpoint(),
        3 => OfBlocks(),
        4 => new EndGroup(model.Internet(), probe.Outside.Where(e => IsInternet(e.Address))),
        5 => new EndGroup(model.AllInterfaces(), probe.Held),
        6 => new EndGroup(model.Everybody(), [.. probe.Held, .. probe.Outside]),
        7 => Union(OfGroup(), OfGroup()),
        8 or 12 or 13 => BlocksExceptBlocks(),
        _ => OfGroup(),
    };

    public EndGroup OfGroup()
    {
        if (_estate.SecurityGroups.IsEmpty) return OfEndpoint();
        var group = _estate.SecurityGroups[random.Next(_estate.SecurityGroups.Length)];
        var set = model.OfGroup(group.Id);
        var members = probe.Held.Where(e => e.Interface!.Groups.Contains(group.Id)).ToList();
        return members.Count > 0 ? new EndGroup(set, members) : new EndGroup(set, Members(group));
    }

    private EndGroup OfInterface()
    {
        if (_estate.NetworkInterfaces.IsEmpty) return OfEndpoint();
        var nic = _estate.NetworkInterfaces[random.Next(_estate.NetworkInterfaces.Length)];
        return new EndGroup(model.OfInterface(nic), probe.Held.Where(e => e.Interface!.Id == nic.Id));
    }

    private EndGroup OfEndpoint()
    {
        var all = random.Next(2) == 0 && !probe.Held.IsEmpty ? probe.Held : probe.Outside;
        var end = all[random.Next(all.Length)];
        return new EndGroup(model.OfEndpoint(end), [end]);
    }

    private EndGroup OfBlocks()
    {
        var blocks = Blocks();
        return new EndGroup(model.OfBlocks("blocks", blocks), Within(blocks, without: []));
    }

    private EndGroup BlocksExceptBlocks()
    {
        var (blocks, without) = (Blocks(), Blocks());
        return new EndGroup(model.OfBlocks("blocks", blocks).Except(model.OfBlocks("others", without)), Within(blocks, without));
    }

    // Where these blocks begin and end is of interest as well.
    private IEnumerable<Endpoint> Within(List<Cidr> blocks, List<Cidr> without)
    {
        var finer = new ConnectivityProbe(_estate, [.. blocks, .. without]);
        return finer.Held.Concat(finer.Outside)
            .Where(e => blocks.Exists(b => RuleOracle.InBlock(b, e.Address)) && !without.Exists(b => RuleOracle.InBlock(b, e.Address)));
    }

    private List<Cidr> Blocks() => [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Block())];

    private Cidr Block()
    {
        var address = probe.Addresses[random.Next(probe.Addresses.Length)];
        return Cidr.Containing(address, random.Next(3) switch { 0 => Cidr.Width(address.Family), 1 => Cidr.Width(address.Family) - random.Next(9), _ => random.Next(Cidr.Width(address.Family) + 1) });
    }

    private static EndGroup Union(EndGroup a, EndGroup b) => new(a.Set.Union(b.Set), [.. Same(a.Members.Concat(b.Members))]);

    private static List<ImmutableArray<Endpoint>> Same(IEnumerable<ImmutableArray<Endpoint>> members)
    {
        var seen = new List<ImmutableArray<Endpoint>>();
        foreach (var member in members)
        {
            if (!seen.Exists(s => s.SequenceEqual(member))) seen.Add(member);
        }

        return seen;
    }

    // Whoever will carry the group: one member of each family its VPC has, at every address of the VPC.
    private ImmutableArray<ImmutableArray<Endpoint>> Members(SecurityGroup group)
    {
        var blocks = _estate.Vpcs.Where(v => v.Id == group.Vpc).SelectMany(v => v.Cidrs).ToList();
        var nic = new NetworkInterface(new NetworkInterfaceId($"eni-to-come-{group.Id}-{random.Next()}"), group.Scope) { Vpc = group.Vpc, Groups = [group.Id] };
        var v4 = blocks.Where(b => b.Family == IpFamily.V4).DefaultIfEmpty(Cidr.AnyV4).ToList();
        var result = ImmutableArray.Create(At(v4));
        return blocks.Exists(b => b.Family == IpFamily.V6) ? result.Add(At([.. blocks.Where(b => b.Family == IpFamily.V6)])) : result;

        ImmutableArray<Endpoint> At(List<Cidr> within) =>
            [.. probe.Addresses.Where(a => within.Exists(b => RuleOracle.InBlock(b, a))).Select(a => Endpoint.Of(nic, a))];
    }

    private bool IsInternet(Address address)
    {
        if (_estate.Vpcs.Any(v => v.Cidrs.Any(c => RuleOracle.InBlock(c, address)))) return false;
        if (address.Family == IpFamily.V6 && !RuleOracle.InBlock(Cidr.Parse("2000::/3"), address)) return false;
        return !PublicSpace.SpecialPurpose.Any(s => !s.Name.StartsWith("Documentation", StringComparison.Ordinal) && RuleOracle.InBlock(s.Cidr, address));
    }
}
