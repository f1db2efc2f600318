using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation;

/// <summary>The sections of one template, as written: nothing is evaluated.</summary>
internal sealed class Template
{
    private Template(SourceSpan at) => At = at;

    /// <summary>The start of the file.</summary>
    public SourceSpan At { get; }

    /// <summary>Parameters by name.</summary>
    public Dictionary<string, MapNode> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>Mappings by name.</summary>
    public Dictionary<string, SyntaxNode> Mappings { get; } = new(StringComparer.Ordinal);

    /// <summary>The conditions, loops still in them.</summary>
    public MapNode? Conditions { get; private set; }

    /// <summary>The resources, loops still in them.</summary>
    public MapNode Resources { get; private set; } = new([], new SourceSpan(string.Empty));

    /// <summary>The outputs, loops still in them.</summary>
    public MapNode? Outputs { get; private set; }

    /// <summary>Names of the macros, in order, with their places.</summary>
    public ImmutableArray<ScalarNode> Transforms { get; private set; } = [];

    /// <summary>What SAM applies to its functions.</summary>
    public MapNode? Globals { get; private set; }

    /// <summary>Takes a document apart; null when an error was said.</summary>
    public static Template? Read(SyntaxNode root, FileDiagnostics said)
    {
        if (root is not MapNode map)
        {
            said.Add(CloudFormationDiagnostics.NotATemplate(root.At));
            return null;
        }

        // The answer of get-template holds the template as it was given, when that was JSON.
        if (map.Find("TemplateBody") is MapNode body && map.Find("Resources") is null) map = body;
        var template = new Template(map.At);
        if (Section(map, "Resources", said) is not { } resources)
        {
            if (!said.HasErrors) said.Add(CloudFormationDiagnostics.NoResources(map.At));
            return null;
        }

        template.Resources = resources;
        template.Conditions = Section(map, "Conditions", said);
        template.Outputs = Section(map, "Outputs", said);
        template.Globals = Section(map, "Globals", said);
        foreach (var entry in Section(map, "Parameters", said)?.Entries ?? [])
        {
            if (entry.Value is MapNode parameter) template.Parameters[entry.Key.Text] = parameter;
            else said.Add(CloudFormationDiagnostics.BadSection(entry.Key.Text, entry.Key.At));
        }

        foreach (var entry in Section(map, "Mappings", said)?.Entries ?? []) template.Mappings[entry.Key.Text] = entry.Value;
        template.Transforms = map.Find("Transform") switch
        {
            ScalarNode one => [one],
            ListNode several => [.. several.Items.Select(i => i is MapNode include ? include.Find("Name") : i).OfType<ScalarNode>()],
            MapNode include => [.. new[] { include.Find("Name") }.OfType<ScalarNode>()],
            _ => [],
        };
        return said.HasErrors ? null : template;
    }

    private static MapNode? Section(MapNode map, string name, FileDiagnostics said)
    {
        var node = map.Find(name);
        if (node is null or MapNode || node.IsNull) return node as MapNode;
        said.Add(CloudFormationDiagnostics.BadSection(name, node.At));
        return null;
    }
}
