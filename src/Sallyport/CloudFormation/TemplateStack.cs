using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation;

/// <summary>A template with what it is deployed with: the values of its parameters and its place among nested stacks.</summary>
internal sealed class TemplateStack
{
    private readonly Dictionary<string, TemplateResource> _resources = new(StringComparer.Ordinal);
    private readonly List<TemplateResource> _ordered = [];

    /// <summary>A root stack, or one nested in the stack of a resource.</summary>
    public TemplateStack(Template template, TemplateResource? declared)
    {
        Template = template;
        Declared = declared;
        Prefix = declared is null ? string.Empty : $"{declared.Address}.";
        Depth = declared is null ? 0 : declared.Stack.Depth + 1;
    }

    /// <summary>Its template.</summary>
    public Template Template { get; }

    /// <summary>The resource that nests it; null for a root.</summary>
    public TemplateResource? Declared { get; }

    /// <summary>Put before the names of its resources; empty for a root.</summary>
    public string Prefix { get; }

    /// <summary>Stacks around it.</summary>
    public int Depth { get; }

    /// <summary>Conditions by name, loops expanded.</summary>
    public Dictionary<string, SyntaxNode> Conditions { get; } = new(StringComparer.Ordinal);

    /// <summary>Outputs by name, loops expanded.</summary>
    public Dictionary<string, SyntaxNode> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Nested stacks that could be read, by the resource that declares them.</summary>
    public Dictionary<string, TemplateStack> Nested { get; } = new(StringComparer.Ordinal);

    /// <summary>Resources in the order of the template.</summary>
    public IReadOnlyList<TemplateResource> Resources => _ordered;

    /// <summary>The start of its file.</summary>
    public SourceSpan At => Template.At;

    /// <summary>A resource by its logical id; null when there is none.</summary>
    public TemplateResource? Find(string logicalId) => _resources.GetValueOrDefault(logicalId);

    /// <summary>Adds a resource; false when the name is taken.</summary>
    public bool TryAdd(TemplateResource resource)
    {
        if (!_resources.TryAdd(resource.LogicalId, resource)) return false;
        _ordered.Add(resource);
        return true;
    }

    /// <summary>This stack and all below it.</summary>
    public IEnumerable<TemplateStack> WithNested() => Nested.Values.SelectMany(n => n.WithNested()).Prepend(this);
}
