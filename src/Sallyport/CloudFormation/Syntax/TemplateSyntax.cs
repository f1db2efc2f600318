using System.Collections.Frozen;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Syntax;

/// <summary>Template text, JSON or YAML, to one tree with places; short tags (<c>!Ref</c>) become what they stand for.</summary>
internal static class TemplateSyntax
{
    /// <summary>Mappings and lists within each other, alike in both forms.</summary>
    public const int MaxDepth = JsonInput.MaxDepth;

    /// <summary>Nodes of a template after its aliases; CloudFormation takes templates of 1 MB.</summary>
    public const int MaxNodes = 4_000_000;

    /// <summary>Characters of a template.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    private static readonly FrozenSet<string> Functions = FrozenSet.Create(
        StringComparer.Ordinal,
        "And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn", "Equals", "FindInMap", "ForEach", "GetAtt", "GetAZs", "GetStackOutput", "If", "ImportValue",
        "Join", "Length", "Not", "Or", "RefAll", "Select", "Split", "Sub", "ToJsonString", "Transform", "ValueOf", "ValueOfAll");

    private static readonly SyntaxOptions Options = new()
    {
        MaxLength = MaxLength,
        MaxDepth = MaxDepth,
        MaxNodes = MaxNodes,
        MergeKeys = true,
        ExpandTag = Expand,
    };

    /// <summary>Reads a whole template; null when an error was said.</summary>
    public static SyntaxNode? Read(Stream content, string file, FileDiagnostics said, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = content.Read(buffer, 0, buffer.Length)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            all.Write(buffer, 0, count);
            if (all.Length <= MaxLength) continue;
            said.Add(YamlDiagnostics.LimitExceeded($"more than {MaxLength} bytes", new SourceSpan(file)));
            return null;
        }

        var text = all.GetBuffer().AsSpan(0, (int)all.Length);
        if (text.StartsWith("\xEF\xBB\xBF"u8)) text = text[3..];
        var start = text.TrimStart(" \t\r\n"u8);
        if (!start.IsEmpty && start[0] is (byte)'{' or (byte)'[')
        {
            all.Position = 0;
            return JsonSyntaxReader.Read(all, file, MaxNodes, said, cancellationToken);
        }

        var read = SyntaxReader.Read(System.Text.Encoding.UTF8.GetString(text), file, Options);
        foreach (var diagnostic in read.Diagnostics) said.Add(diagnostic);
        return read.Diagnostics.Any(d => d.Severity == Severity.Error) ? null : read.Value;
    }

    private static MapNode? Expand(string tag, SyntaxNode node)
    {
        var name = tag.TrimStart('!');
        if (name is "Ref" or "Condition") return Wrap(name, node);
        if (!Functions.Contains(name)) return null;
        if (name == "GetAtt" && node is ScalarNode { Text: var path } scalar && path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            // The short form joins what the long form lists: only the first dot divides.
            node = new ListNode([new ScalarNode(path[..dot], IsPlain: false, scalar.At), new ScalarNode(path[(dot + 1)..], IsPlain: false, scalar.At)], scalar.At);
        }

        return Wrap($"Fn::{name}", node);
    }

    private static MapNode Wrap(string function, SyntaxNode node) =>
        new([new MapEntry(new ScalarNode(function, IsPlain: false, node.At), node)], node.At);
}
