using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Custom;

/// <summary>Facts about the far end of a rule. Address facts do not hold for groups; facts of groups do not hold for addresses.</summary>
internal sealed class PeerFacts(FactReader facts, ConditionReader conditions)
{
    public static KeyTable Keys { get; } = new(
        "peer", "", ["kind", "within", "contains", "overlaps", "public", "world", "id", "name", "account", "vpc", "tag", "hasTag"]);

    public Clause? Read(string key, SyntaxNode node) => key switch
    {
        "kind" => facts.Choice(node, "peer kind", true, ["cidr", "prefixList", "group", "self"], KindIs),
        "within" => facts.Blocks(node, "peer within", (a, blocks) => !(a.V4.IsEmpty && a.V6.IsEmpty)
            && a.V4.IsSubsetOf(AddressSet.Of(IpFamily.V4, blocks)) && a.V6.IsSubsetOf(AddressSet.Of(IpFamily.V6, blocks))),
        "contains" => facts.Blocks(node, "peer contains", (a, blocks) => blocks.Any(b => AddressSet.Of(b).IsSubsetOf(b.Family == IpFamily.V4 ? a.V4 : a.V6))),
        "overlaps" => facts.Blocks(node, "peer overlaps", (a, blocks) => a.V4.Overlaps(AddressSet.Of(IpFamily.V4, blocks)) || a.V6.Overlaps(AddressSet.Of(IpFamily.V6, blocks))),
        "public" => facts.Flag(node, "peer public", true, s => IsPublic.Judge(s), AuditNeed.PrefixLists),
        "world" => facts.Flag(node, "peer world", true, s => IsWorld.Judge(s), AuditNeed.PrefixLists),
        "id" => facts.Texts(node, "peer id", true, (s, matches) => Judgement.Of(s.Atom!.Peer is not CidrPeer && matches(s.Atom.Peer.ToString()!))),
        "name" => facts.Texts(node, "peer name", true, NameIs),
        "account" => facts.Texts(node, "peer account", true, AccountIs),
        "vpc" => facts.Texts(node, "peer vpc", true, VpcIs),
        "tag" => conditions.Tags(node, "peer tag", true, TagsOf),
        "hasTag" => conditions.HasTag(node, "peer hasTag", true, TagsOf),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    private static FactClause IsPublic { get; } = FactReader.Addresses(
        "peer public", a => a.V4.Overlaps(PublicSpace.Of(IpFamily.V4)) || a.V6.Overlaps(PublicSpace.Of(IpFamily.V6)));

    private static FactClause IsWorld { get; } = FactReader.Addresses(
        "peer world", a => PublicSpace.WorldOf(IpFamily.V4).IsSubsetOf(a.V4) || PublicSpace.WorldOf(IpFamily.V6).IsSubsetOf(a.V6));

    private static Judgement KindIs(Subject subject, string kind) => Judgement.Of(subject.Atom!.Peer switch
    {
        CidrPeer => kind == "cidr",
        PrefixListPeer => kind == "prefixList",
        GroupPeer group => kind == "group" || (kind == "self" && group.Group == subject.Group.Group.Id),
        _ => false,
    });

    private static Judgement NameIs(Subject subject, Func<string, bool> matches) => subject.Atom!.Peer switch
    {
        GroupPeer peer => GroupOf(subject, peer) is not { } group ? NotRead(peer)
            : group.UnknownName is { } why ? Judgement.Unknown($"the name of group {peer} is not known: {why}") : Judgement.Of(matches(group.Name)),
        PrefixListPeer peer => subject.Group.Context.Estate.Index.PrefixLists.TryGetValue(peer.PrefixList, out var list)
            ? Judgement.Of(matches(list.Name))
            : Judgement.Unknown($"prefix list {peer} was not read"),
        _ => Judgement.No,
    };

    private static Judgement AccountIs(Subject subject, Func<string, bool> matches)
    {
        if (subject.Atom!.Peer is not GroupPeer peer) return Judgement.No;
        var account = peer.Account ?? GroupOf(subject, peer)?.Scope.Account;
        return account is { Length: > 0 } known ? Judgement.Of(matches(known)) : Judgement.Unknown($"the account of {peer} was not read");
    }

    private static Judgement VpcIs(Subject subject, Func<string, bool> matches)
    {
        if (subject.Atom!.Peer is not GroupPeer peer) return Judgement.No;
        var vpc = GroupOf(subject, peer)?.Vpc ?? peer.Vpc;
        return vpc is { } known ? Judgement.Of(matches(known.Value)) : Judgement.Unknown($"the VPC of {peer} was not read");
    }

    private static (Tags? Tags, string? Gap) TagsOf(Subject subject) => subject.Atom!.Peer switch
    {
        GroupPeer peer => GroupOf(subject, peer) is { } group ? (group.Tags, null) : (null, NotRead(peer).Gap),
        PrefixListPeer peer => subject.Group.Context.Estate.Index.PrefixLists.TryGetValue(peer.PrefixList, out var list) ? (list.Tags, null) : (null, $"prefix list {peer} was not read"),
        _ => (Tags.None, null),
    };

    private static SecurityGroup? GroupOf(Subject subject, GroupPeer peer) => subject.Group.Context.Estate.Index.Groups.GetValueOrDefault(peer.Group);

    private static Judgement NotRead(GroupPeer peer) => Judgement.Unknown($"the group {peer} was not read");
}
