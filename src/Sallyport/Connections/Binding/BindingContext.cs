using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connections.Binding;

/// <summary>What binding has learned so far (declared names and what was said) and how to read one value of each type.</summary>
internal sealed class BindingContext
{
    /// <summary>Problems that are listed before the rest is only mentioned.</summary>
    public const int MaxDiagnostics = 500;

    /// <summary>Problems that get a suggestion; looking for one costs a pass over all names.</summary>
    private const int MaxSuggestions = 30;

    private static readonly Regex NamePattern = new("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\\z", RegexOptions.CultureInvariant);

    private readonly List<Diagnostic> _diagnostics;
    private readonly HashSet<Diagnostic> _said;
    private int _suggestions;

    public BindingContext(string file, ImmutableArray<Diagnostic> said)
    {
        File = new SourceSpan(file, 1, 1);
        _diagnostics = [.. said];
        _said = [.. said];
    }

    /// <summary>The start of the file, for what is missing altogether.</summary>
    public SourceSpan File { get; }

    /// <summary>Names of groups and where they are declared.</summary>
    public Dictionary<string, SourceSpan> Groups { get; } = [];

    /// <summary>Names of externals and where they are declared.</summary>
    public Dictionary<string, SourceSpan> Externals { get; } = [];

    /// <summary>Bound externals by name.</summary>
    public Dictionary<string, ExternalDeclaration> BoundExternals { get; } = [];

    /// <summary>Declared services by name.</summary>
    public Dictionary<string, ImmutableArray<Service>> Services { get; } = [];

    /// <summary>Groups that are read-only.</summary>
    public HashSet<string> ReadOnlyGroups { get; } = [];

    /// <summary>Everything said, in file order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics =>
        [.. _diagnostics.OrderBy(d => d.At?.Line ?? 0).ThenBy(d => d.At?.Column ?? 0).ThenBy(d => d.Code, StringComparer.Ordinal)];

    /// <summary>Says something once: a node that aliases repeat is reported where it stands.</summary>
    public void Report(Diagnostic diagnostic)
    {
        if (_diagnostics.Count > MaxDiagnostics || !_said.Add(diagnostic)) return;
        _diagnostics.Add(_diagnostics.Count == MaxDiagnostics ? ConnectionsDiagnostics.TooMany(MaxDiagnostics, diagnostic.At ?? File) : diagnostic);
    }

    /// <summary>What the writer probably meant, or null.</summary>
    public string? Nearest(string word, IEnumerable<string> candidates) =>
        word.Length > 100 || _suggestions++ >= MaxSuggestions ? null : NearestName.Find(word, candidates);

    /// <summary>The text of a value; null (and said) when it is no text.</summary>
    public string? Text(SyntaxNode? node, string key)
    {
        if (node is null) return null;
        if (node is ScalarNode { IsNull: false } scalar && scalar.Text.Trim().Length > 0) return scalar.Text;
        Report(ConnectionsDiagnostics.WrongKind($"\"{key}\"", "text", node.At));
        return null;
    }

    /// <summary>A value or a list of values; what is no text is said and left out.</summary>
    public ImmutableArray<ScalarNode> Texts(SyntaxNode? node, string key)
    {
        if (node is null) return [];
        IReadOnlyList<SyntaxNode> items = node is ListNode list ? list.Items : [node];
        var result = ImmutableArray.CreateBuilder<ScalarNode>(items.Count);
        foreach (var item in items)
        {
            if (Text(item, key) is not null) result.Add((ScalarNode)item);
        }

        return result.DrainToImmutable();
    }

    public bool Flag(SyntaxNode? node, string key)
    {
        if (node is null) return false;
        if (node is ScalarNode { Text: "true" or "false" } scalar) return scalar.Text == "true";
        Report(node is ScalarNode other
            ? ConnectionsDiagnostics.BadValue(other.Text, key, "true or false", null, node.At)
            : ConnectionsDiagnostics.WrongKind($"\"{key}\"", "true or false", node.At));
        return false;
    }

    public DateOnly? Date(SyntaxNode? node, string key)
    {
        if (Text(node, key) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Report(ConnectionsDiagnostics.BadDate(text, key, node!.At));
        return null;
    }

    public int Number(SyntaxNode? node, string key, int least, int most, int otherwise)
    {
        if (Text(node, key) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Report(ConnectionsDiagnostics.OutOfRange(text, key, least, most, node!.At));
        return otherwise;
    }

    /// <summary>One of a few words; the first is the default.</summary>
    public T Choice<T>(SyntaxNode? node, string key, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (Text(node, key) is not { } text) return choices[0].Value;
        var words = new List<string>();
        foreach (var (word, value) in choices)
        {
            if (word == text) return value;
            words.Add(word);
        }

        Report(ConnectionsDiagnostics.BadValue(text, key, string.Join(", ", words), Nearest(text, words), node!.At));
        return choices[0].Value;
    }

    /// <summary>A block in canonical form; null (and said) otherwise.</summary>
    public Cidr? Block(ScalarNode node)
    {
        if (!Cidr.TryParse(node.Text.AsSpan().Trim(), out var cidr, out var hadHostBits))
        {
            Report(ConnectionsDiagnostics.BadCidr(node.Text, node.At));
            return null;
        }

        if (!hadHostBits) return cidr;
        Report(ConnectionsDiagnostics.HostBits(node.Text, cidr, node.At));
        return null;
    }

    /// <summary>True for a name or id of ours; said otherwise.</summary>
    public bool IsName(ScalarNode node)
    {
        if (NamePattern.IsMatch(node.Text)) return true;
        Report(ConnectionsDiagnostics.BadName(node.Text, node.At));
        return false;
    }

    /// <summary>Services written out or by name, in order, each once. An absent or empty list is said when it is mandatory.</summary>
    public ImmutableArray<Service> ServiceList(SyntaxNode? node, string what, SourceSpan at, bool isMandatory = true)
    {
        var texts = Texts(node, "services");
        if (texts.IsEmpty && (isMandatory || node is ListNode { Items.Length: 0 })) Report(ConnectionsDiagnostics.NoServices(what, node?.At ?? at));
        var result = new List<Service>();
        foreach (var text in texts)
        {
            if (Services.TryGetValue(text.Text, out var named)) result.AddRange(named);
            else if (OneService(text) is { } service) result.Add(service);
        }

        return [.. result.Distinct()];
    }

    /// <summary>One service written out; null (and said) otherwise.</summary>
    public Service? OneService(ScalarNode node)
    {
        var text = node.Text;
        if (Service.TryParse(text, out var service, out var problem)) return service;
        var isSyntax = text.Contains('/', StringComparison.Ordinal) || text.Trim().ToLowerInvariant() is "tcp" or "udp" or "proto";
        Report(isSyntax
            ? ConnectionsDiagnostics.BadService(text, problem!, node.At)
            : ConnectionsDiagnostics.UnknownService(text, Nearest(text, Services.Keys), node.At));
        return null;
    }

    /// <summary>Declared names in order, each once; what is not declared is said and left out.</summary>
    public ImmutableArray<string> Ends(SyntaxNode? node, string key, bool allowsAll = false)
    {
        var result = new List<string>();
        foreach (var name in Texts(node, key))
        {
            if (Groups.ContainsKey(name.Text) || Externals.ContainsKey(name.Text) || (allowsAll && name.Text == "*")) result.Add(name.Text);
            else if (name.Text == "internet") Report(ConnectionsDiagnostics.InternetNotDeclared(name.At));
            else Report(ConnectionsDiagnostics.UnknownGroup(name.Text, Nearest(name.Text, Groups.Keys.Concat(Externals.Keys)), name.At));
        }

        return [.. result.Distinct()];
    }
}
