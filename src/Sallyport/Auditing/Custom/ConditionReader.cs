using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Custom;

/// <summary>Reads a condition: a mapping whose entries must all hold, of facts and of <c>all</c>, <c>any</c> and <c>not</c>.</summary>
internal sealed class ConditionReader
{
    /// <summary>Conditions within each other.</summary>
    private const int MaxDepth = 8;

    private static readonly KeyTable Keys = new("a condition", "", [.. AtomFacts.Keys, "peer", "group", "all", "any", "not"]);

    private readonly ValueReader _values;
    private readonly FactReader _facts;
    private readonly AtomFacts _atom;
    private readonly PeerFacts _peer;
    private readonly OwnerFacts _owner;

    public ConditionReader(ValueReader values)
    {
        _values = values;
        _facts = new FactReader(values);
        _atom = new AtomFacts(_facts, this);
        _peer = new PeerFacts(_facts, this);
        _owner = new OwnerFacts(_facts, this);
    }

    public void Report(Diagnostic diagnostic) => _values.Report(diagnostic);

    /// <summary>Null when something was said, and so nothing is left to judge by.</summary>
    public Clause? Read(SyntaxNode node, string what, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            Report(AuditingDiagnostics.TooComplex($"conditions nested more than {MaxDepth} deep", node.At));
            return null;
        }

        if (Section.Open(node, Keys, _values) is not { } section) return null;
        var parts = new List<Clause>();
        foreach (var key in Keys.Keys)
        {
            if (section[key] is { } value) parts.AddRange(Part(key, value, depth));
        }

        if (parts.Count > 0) return parts is [var only] ? only : new AllClause([.. parts]);
        if (node is MapNode map && map.Entries.All(e => e.Value.IsNull)) Report(AuditingDiagnostics.EmptyCondition(what, node.At));
        return null;
    }

    /// <summary>Each key of a mapping is a tag, and its value a pattern or several: all keys must fit.</summary>
    public Clause? Tags(SyntaxNode node, string words, bool asksAtoms, Func<Subject, (Tags? Tags, string? Gap)> tagsOf)
    {
        if (node is not MapNode map)
        {
            Report(YamlDiagnostics.WrongKind($"\"{words}\"", "a mapping from tag keys to patterns", node.At));
            return null;
        }

        if (map.Entries.IsEmpty) Report(AuditingDiagnostics.EmptyCondition($"\"{words}\"", node.At));
        var parts = map.Entries
            .Select(e => _facts.Texts(e.Value, $"{words} {e.Key.Text}", asksAtoms, (s, matches) => Ask(tagsOf(s), t => t.DoubtOf(e.Key.Text), t => t[e.Key.Text] is { } value && matches(value))))
            .OfType<Clause>().ToImmutableArray();
        return parts.IsEmpty ? null : parts.Length == 1 ? parts[0] : new AllClause(parts);
    }

    /// <summary>Some tag whose key fits one of the patterns.</summary>
    public Clause? HasTag(SyntaxNode node, string words, bool asksAtoms, Func<Subject, (Tags? Tags, string? Gap)> tagsOf) =>
        _facts.Texts(node, words, asksAtoms, (s, matches) => HasKey(tagsOf(s), matches));

    private static Judgement Ask((Tags? Tags, string? Gap) read, Func<Tags, string?> doubtOf, Func<Tags, bool> ask) =>
        read.Tags is not { } tags ? Judgement.Unknown(read.Gap!) : doubtOf(tags) is { } doubt ? Judgement.Unknown(doubt) : Judgement.Of(ask(tags));

    private static Judgement HasKey((Tags? Tags, string? Gap) read, Func<string, bool> matches)
    {
        if (read.Tags is not { } tags) return Judgement.Unknown(read.Gap!);
        if (tags.Pairs.Any(p => matches(p.Key) && tags.DoubtOf(p.Key) is null)) return Judgement.Yes;
        foreach (var (key, _) in tags.Unknown)
        {
            if (key.Length == 0 || matches(key)) return Judgement.Unknown(tags.DoubtOf(key)!);
        }

        return Judgement.No;
    }

    private IEnumerable<Clause> Part(string key, SyntaxNode value, int depth)
    {
        switch (key)
        {
            case "peer": return Nested(value, PeerFacts.Keys, _peer.Read);
            case "group": return Nested(value, OwnerFacts.Keys, _owner.Read);
            case "all": return Single(Items(value, key, depth) is { Length: > 0 } all ? new AllClause(all) : null);
            case "any": return Single(Items(value, key, depth) is { Length: > 0 } any ? new AnyClause(any) : null);
            case "not": return Single(Read(value, "\"not\"", depth + 1) is { } part ? new NotClause(part) : null);
            default: return Single(_atom.Read(key, value));
        }
    }

    private List<Clause> Nested(SyntaxNode node, KeyTable table, Func<string, SyntaxNode, Clause?> read)
    {
        var parts = new List<Clause>();
        if (Section.Open(node, table, _values) is not { } section) return parts;
        foreach (var key in table.Keys)
        {
            if (section[key] is { } value && read(key, value) is { } part) parts.Add(part);
        }

        if (parts.Count == 0 && node is MapNode { Entries.IsEmpty: true }) Report(AuditingDiagnostics.EmptyCondition($"\"{table.Where}\"", node.At));
        return parts;
    }

    private ImmutableArray<Clause> Items(SyntaxNode node, string key, int depth)
    {
        if (node is not ListNode list)
        {
            Report(YamlDiagnostics.WrongKind($"\"{key}\"", "a list of conditions", node.At));
            return [];
        }

        if (list.Items.IsEmpty) Report(AuditingDiagnostics.EmptyCondition($"\"{key}\"", node.At));
        return [.. list.Items.Select(i => Read(i, $"an item of \"{key}\"", depth + 1)).OfType<Clause>()];
    }

    private static IEnumerable<Clause> Single(Clause? clause) => clause is null ? [] : [clause];
}
