using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Connections.Binding;

/// <summary>What binding has learned so far: declared names, and how the values that only a connections file has are read.</summary>
internal sealed class BindingContext(string file, ImmutableArray<Diagnostic> said) : ValueReader(file, said)
{
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
