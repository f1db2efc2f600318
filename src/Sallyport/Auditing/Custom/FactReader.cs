using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Custom;

/// <summary>Reads the values of facts. A list means "any of these"; what is wrong is said, and then there is no clause.</summary>
internal sealed class FactReader(ValueReader values)
{
    private const int MaxItems = 2_000;

    /// <summary>A fact over texts.</summary>
    public Clause? Texts(SyntaxNode node, string key, bool asksAtoms, Func<Subject, Func<string, bool>, Judgement> judge, params ImmutableArray<AuditNeed> needs)
    {
        var patterns = ImmutableArray.CreateBuilder<TextPattern>();
        foreach (var scalar in Scalars(node, key))
        {
            if (TextPattern.Parse(scalar.Text, out var problem) is { } pattern) patterns.Add(pattern);
            else values.Report(AuditingDiagnostics.BadPattern(scalar.Text, problem!, scalar.At));
        }

        if (patterns.Count == 0) return null;
        var all = patterns.ToImmutable();
        return new FactClause($"{key} {Words(all.Select(p => p.Text))}", asksAtoms, s => judge(s, text => all.Any(p => p.Matches(text))), needs);
    }

    /// <summary>A fact that is or is not.</summary>
    public Clause? Flag(SyntaxNode node, string key, bool asksAtoms, Func<Subject, Judgement> judge, params ImmutableArray<AuditNeed> needs)
    {
        if (node is not ScalarNode { Text: "true" or "false" } scalar)
        {
            values.Report(node is ScalarNode other ? YamlDiagnostics.BadValue(other.Text, key, "true or false", null, node.At) : YamlDiagnostics.WrongKind($"\"{key}\"", "true or false", node.At));
            return null;
        }

        var clause = new FactClause(key, asksAtoms, judge, needs);
        return scalar.Text == "true" ? clause : new NotClause(clause);
    }

    /// <summary>A fact over services.</summary>
    public Clause? Services(SyntaxNode node, string key, Func<Service, ImmutableArray<Service>, bool> judge)
    {
        var services = ImmutableArray.CreateBuilder<Service>();
        foreach (var scalar in Scalars(node, key))
        {
            if (Service.TryParse(scalar.Text, out var service, out var problem)) services.Add(service);
            else values.Report(AuditingDiagnostics.BadPattern(scalar.Text, problem!, scalar.At));
        }

        if (services.Count == 0) return null;
        var all = services.ToImmutable();
        return new FactClause($"{key} {Words(all.Select(s => s.ToString()))}", true, s => Judgement.Of(judge(s.Atom!.Service, all)), []);
    }

    /// <summary>A fact over address blocks, by the addresses of a peer: v4 and v6. What is no block or list of blocks has none.</summary>
    public Clause? Blocks(SyntaxNode node, string key, Func<(AddressSet V4, AddressSet V6), ImmutableArray<Cidr>, bool> judge)
    {
        var blocks = ImmutableArray.CreateBuilder<Cidr>();
        foreach (var scalar in Scalars(node, key))
        {
            if (Cidr.TryParse(scalar.Text, out var cidr)) blocks.Add(cidr);
            else if (Address.TryParse(scalar.Text, out var address)) blocks.Add(Cidr.Host(address));
            else values.Report(YamlDiagnostics.BadValue(scalar.Text, key, "an address or a block such as 10.0.0.0/8", null, scalar.At));
        }

        if (blocks.Count == 0) return null;
        var all = blocks.ToImmutable();
        return Addresses($"{key} {Words(all.Select(b => b.ToString()))}", a => judge(a, all));
    }

    /// <summary>A fact over the addresses of a peer.</summary>
    public static FactClause Addresses(string words, Func<(AddressSet V4, AddressSet V6), bool> judge) => new(
        words,
        true,
        s =>
        {
            var facts = s.Group.Context.Facts;
            if (s.Atom!.Peer is Estates.GroupPeer) return Judgement.No;
            return facts.AddressesOf(s.Atom.Peer, IpFamily.V4) is { } v4 && facts.AddressesOf(s.Atom.Peer, IpFamily.V6) is { } v6
                ? Judgement.Of(judge((v4, v6)))
                : Judgement.Unknown($"the entries of prefix list {s.Atom.Peer} were not read");
        },
        [AuditNeed.PrefixLists]);

    /// <summary>A fact over a number: more than that.</summary>
    public Clause? MoreThan(SyntaxNode node, string key, bool asksAtoms, Func<Subject, int> count)
    {
        const int Most = 1_000_000;
        var least = values.Number(node, key, 0, Most, -1);
        if (least < 0) return null;
        return new FactClause($"{key} {least.ToString(CultureInfo.InvariantCulture)}", asksAtoms, s => Judgement.Of(count(s) > least), []);
    }

    /// <summary>A fact over a few words.</summary>
    public Clause? Choice(SyntaxNode node, string key, bool asksAtoms, ImmutableArray<string> words, Func<Subject, string, Judgement> judge)
    {
        var chosen = ImmutableArray.CreateBuilder<string>();
        foreach (var scalar in Scalars(node, key))
        {
            if (words.Contains(scalar.Text)) chosen.Add(scalar.Text);
            else values.Report(YamlDiagnostics.BadValue(scalar.Text, key, string.Join(", ", words), values.Nearest(scalar.Text, words), scalar.At));
        }

        if (chosen.Count == 0) return null;
        var all = chosen.ToImmutable();
        return new FactClause(
            $"{key} {Words(all)}",
            asksAtoms,
            s => all.Select(w => judge(s, w)).Aggregate(Judgement.No, (a, b) => a.Holds == true || b.Holds == false ? a : b.Holds == true || a.Holds == false ? b : a),
            []);
    }

    /// <summary>A value or the items of a list; an empty list is said.</summary>
    public ImmutableArray<ScalarNode> Scalars(SyntaxNode node, string key)
    {
        var scalars = values.Texts(node, key);
        if (node is ListNode { Items.Length: 0 }) values.Report(AuditingDiagnostics.EmptyCondition($"\"{key}\"", node.At));
        if (scalars.Length <= MaxItems) return scalars;
        values.Report(AuditingDiagnostics.TooComplex($"more than {MaxItems} values of \"{key}\"", node.At));
        return [];
    }

    private static string Words(IEnumerable<string> texts)
    {
        var all = texts.ToList();
        return all.Count == 1 ? all[0] : $"any of {string.Join(", ", all.Take(10))}{(all.Count > 10 ? $" and {all.Count - 10} more" : string.Empty)}";
    }
}
