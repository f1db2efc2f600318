using System.Collections.Immutable;
using System.Text;
using Sallyport.Estates;

namespace Sallyport.Tests.Generators;

/// <summary>The parts of a generated estate, so that a failing one can be cut down and printed.</summary>
internal sealed record ConnectivityDraft(int Seed)
{
    public ImmutableArray<SecurityGroup> Groups { get; init; } = [];

    public ImmutableArray<NetworkInterface> Interfaces { get; init; } = [];

    public ImmutableArray<Vpc> Vpcs { get; init; } = [];

    public ImmutableArray<PrefixList> Lists { get; init; } = [];

    public ImmutableArray<Peering> Peerings { get; init; } = [];

    public ImmutableArray<TransitGatewayAttachment> Attachments { get; init; } = [];

    public ImmutableArray<VpcAssociation> Associations { get; init; } = [];

    public ImmutableArray<EstateGap> Gaps { get; init; } = [];

    /// <summary>Groups that a source listed without their rules.</summary>
    public ImmutableArray<SecurityGroupId> WithoutRules { get; init; } = [];

    public Estate Build()
    {
        var builder = new EstateBuilder();
        foreach (var kind in Enum.GetValues<GapKind>()) builder.MarkCollected(kind);
        foreach (var group in Groups) builder.Add(group);
        foreach (var nic in Interfaces) builder.Add(nic);
        foreach (var vpc in Vpcs) builder.Add(vpc);
        foreach (var list in Lists) builder.Add(list);
        foreach (var peering in Peerings) builder.Add(peering);
        foreach (var attachment in Attachments) builder.Add(attachment);
        foreach (var association in Associations) builder.Add(association);
        foreach (var gap in Gaps) builder.Add(gap);
        foreach (var group in WithoutRules) builder.AddWithoutRules(group, "its egress rules");
        return builder.Build();
    }

    /// <summary>Every draft with one thing less.</summary>
    public IEnumerable<ConnectivityDraft> Smaller()
    {
        foreach (var rest in Without(Groups)) yield return this with { Groups = rest };
        foreach (var rest in Without(Interfaces)) yield return this with { Interfaces = rest };
        foreach (var rest in Without(Gaps)) yield return this with { Gaps = rest };
        foreach (var rest in Without(WithoutRules)) yield return this with { WithoutRules = rest };
        foreach (var rest in Without(Peerings)) yield return this with { Peerings = rest };
        foreach (var rest in Without(Attachments)) yield return this with { Attachments = rest };
        foreach (var rest in Without(Associations)) yield return this with { Associations = rest };
        foreach (var rest in Without(Lists)) yield return this with { Lists = rest };
        foreach (var rest in Without(Vpcs)) yield return this with { Vpcs = rest };
        for (var i = 0; i < Groups.Length; i++)
        {
            foreach (var rest in Without(Groups[i].Rules)) yield return this with { Groups = Groups.SetItem(i, Groups[i] with { Rules = rest }) };
            foreach (var rest in Without(Groups[i].Malformed)) yield return this with { Groups = Groups.SetItem(i, Groups[i] with { Malformed = rest }) };
        }

        for (var i = 0; i < Interfaces.Length; i++)
        {
            foreach (var rest in Without(Interfaces[i].Groups)) yield return this with { Interfaces = Interfaces.SetItem(i, Interfaces[i] with { Groups = rest }) };
            foreach (var rest in Without(Interfaces[i].Addresses)) yield return this with { Interfaces = Interfaces.SetItem(i, Interfaces[i] with { Addresses = rest }) };
            foreach (var rest in Without(Interfaces[i].Prefixes)) yield return this with { Interfaces = Interfaces.SetItem(i, Interfaces[i] with { Prefixes = rest }) };
            foreach (var rest in Without(Interfaces[i].PublicAddresses)) yield return this with { Interfaces = Interfaces.SetItem(i, Interfaces[i] with { PublicAddresses = rest }) };
        }
    }

    /// <summary>The same things in another order.</summary>
    public ConnectivityDraft Shuffled() => this with
    {
        Groups = [.. Groups.Reverse().Select(g => g with { Rules = [.. g.Rules.Reverse()] })],
        Interfaces = [.. Interfaces.Reverse()],
        Lists = [.. Lists.Reverse()],
        Peerings = [.. Peerings.Reverse()],
        Attachments = [.. Attachments.Reverse()],
        Associations = [.. Associations.Reverse()],
        Vpcs = [.. Vpcs.Reverse()],
        Gaps = [.. Gaps.Reverse()],
    };

    /// <summary>Every group by another id, <c>sg-f…</c> for <c>sg-…</c>: the order of ids stays what it was.</summary>
    public ConnectivityDraft Renamed()
    {
        return this with
        {
            Groups = [.. Groups.Select(g => g with { Id = Of(g.Id), Rules = [.. g.Rules.Select(r => r.Peer is GroupPeer p ? r with { Peer = p with { Group = Of(p.Group) } } : r)] })],
            Interfaces = [.. Interfaces.Select(n => n with { Groups = [.. n.Groups.Select(Of)] })],
            Associations = [.. Associations.Select(a => a with { Group = Of(a.Group) })],
            WithoutRules = [.. WithoutRules.Select(Of)],
            Gaps = [.. Gaps.Select(g => g.Where.StartsWith("sg-", StringComparison.Ordinal) ? g with { Where = Of(new SecurityGroupId(g.Where)).Value } : g)],
        };

        static SecurityGroupId Of(SecurityGroupId id) => new($"sg-f{id.Value[3..]}");
    }

    /// <summary>The whole estate in words, as a failing property prints it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append("seed ").Append(Seed).AppendLine();
        foreach (var vpc in Vpcs) text.AppendLine($"{vpc.Id} {vpc.Scope} {string.Join(' ', vpc.Cidrs)}");
        foreach (var group in Groups)
        {
            text.AppendLine($"{group.Id} {group.Scope} {group.Vpc}{(group.Malformed.IsEmpty ? string.Empty : $" malformed {string.Join(' ', group.Malformed.Select(m => m.Direction))}")}");
            foreach (var rule in group.Rules) text.AppendLine($"  {rule.Key}{(rule.Peer is GroupPeer p ? $" ({p.Vpc} {p.Peering} {p.PeeringStatus})" : string.Empty)}");
        }

        foreach (var nic in Interfaces) text.AppendLine($"{nic.Id} {nic.Vpc} [{string.Join(' ', nic.Groups)}] {string.Join(' ', nic.Addresses)} {string.Join(' ', nic.Prefixes)} public {string.Join(' ', nic.PublicAddresses)}");
        foreach (var list in Lists) text.AppendLine($"{list.Id} {(list.Entries is { } entries ? string.Join(' ', entries.Select(e => e.Cidr)) : "not read")}");
        foreach (var peering in Peerings) text.AppendLine($"{peering.Id} {peering.Requester.Vpc} {peering.Accepter.Vpc} {peering.Status} {peering.Requester.Scope.Region}/{peering.Accepter.Scope.Region}");
        foreach (var attachment in Attachments) text.AppendLine($"{attachment.TransitGateway} {attachment.Vpc} {attachment.State} referencing {attachment.SecurityGroupReferencing}");
        foreach (var association in Associations) text.AppendLine($"{association.Group} in {association.Vpc} {association.State}");
        foreach (var gap in Gaps) text.AppendLine($"gap {gap.What} {gap.Where}");
        foreach (var group in WithoutRules) text.AppendLine($"without rules {group}");
        return text.ToString();
    }

    private static IEnumerable<ImmutableArray<T>> Without<T>(ImmutableArray<T> list)
    {
        for (var i = 0; i < list.Length; i++) yield return list.RemoveAt(i);
    }
}
