using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Custom;

/// <summary>Facts about one rule of a group.</summary>
internal sealed class AtomFacts(FactReader facts, ConditionReader conditions)
{
    public static ImmutableArray<string> Keys { get; } =
        ["direction", "protocol", "covers", "overlaps", "within", "portsMoreThan", "description", "tag", "hasTag"];

    public Clause? Read(string key, SyntaxNode node) => key switch
    {
        "direction" => facts.Choice(node, key, true, ["ingress", "egress"], (s, word) => Judgement.Of((s.Atom!.Direction == Direction.Ingress) == (word == "ingress"))),
        "protocol" => Protocols(node),
        "covers" => facts.Services(node, key, (own, asked) => asked.Any(a => ServiceSet.Of(a).IsSubsetOf(ServiceSet.Of(own)))),
        "overlaps" => facts.Services(node, key, (own, asked) => asked.Any(a => ServiceSet.Of(a).Overlaps(ServiceSet.Of(own)))),
        "within" => facts.Services(node, key, (own, asked) => ServiceSet.Of(own).IsSubsetOf(ServiceSet.Of(asked))),
        "portsMoreThan" => facts.MoreThan(node, key, true, s => PortsOf(s.Atom!.Service)),
        "description" => facts.Texts(node, key, true, (s, matches) => s.Atom!.UnknownDescription is { } why ? Judgement.Unknown($"the description of {s.Atom.Key} is not known: {why}") : Judgement.Of(matches(s.Atom.Description))),
        "tag" => conditions.Tags(node, key, true, TagsOf),
        "hasTag" => conditions.HasTag(node, key, true, TagsOf),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    private FactClause? Protocols(SyntaxNode node)
    {
        var words = ImmutableArray.CreateBuilder<Protocol>();
        foreach (var scalar in facts.Scalars(node, "protocol"))
        {
            if (scalar.Text == "any") words.Add(Protocol.All);
            else if (Protocol.TryParse(scalar.Text, out var protocol)) words.Add(protocol);
            else conditions.Report(YamlDiagnostics.BadValue(scalar.Text, "protocol", "any, tcp, udp, icmp, icmpv6 or a number", null, scalar.At));
        }

        if (words.Count == 0) return null;
        var all = words.ToImmutable();
        return new FactClause($"protocol {string.Join(" or ", all.Select(p => p == Protocol.All ? "any" : p.ToString()))}", true, s => Judgement.Of(all.Contains(s.Atom!.Service.Protocol)), []);
    }

    // Every protocol holds every port of TCP and of UDP; protocols without ports hold none.
    private static int PortsOf(Service service) =>
        service.Protocol == Protocol.All ? 65_536 : service.Protocol.HasPorts ? service.To - service.From + 1 : 0;

    private static (Tags? Tags, string? Gap) TagsOf(Subject subject) =>
        subject.Atom!.Tags is { } tags ? (tags, null) : (null, "the tags of rules were not read");
}
