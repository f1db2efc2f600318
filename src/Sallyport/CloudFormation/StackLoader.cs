using System.Collections.Immutable;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.CloudFormation.Syntax;
using Sallyport.CloudFormation.Values;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation;

/// <summary>
/// Makes stacks of templates: loops written out, nested templates that lie beside read with what they are passed. At most
/// <see cref="MaxStacks"/> stacks, <see cref="MaxDepth"/> within each other, and <see cref="MaxResources"/> resources.
/// </summary>
internal sealed class StackLoader(Evaluator evaluator, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken)
{
    /// <summary>Stacks of one root.</summary>
    public const int MaxStacks = 500;

    /// <summary>Stacks within each other.</summary>
    public const int MaxDepth = 8;

    /// <summary>Resources of one root and its nested stacks; CloudFormation takes 500 a template.</summary>
    public const int MaxResources = 200_000;

    private int _stacks;
    private int _resources;

    /// <summary>The stack of a template and all below it; null when an error was said.</summary>
    public TemplateStack? Load(Template template, TemplateResource? declared = null, string folder = "")
    {
        if (++_stacks > MaxStacks) throw new TemplateLimitException(CloudFormationDiagnostics.TooMuch($"more than {MaxStacks} nested stacks", template.At));
        var stack = new TemplateStack(template, declared);
        foreach (var transform in template.Transforms.Where(t => !IsKnown(t.Text))) SayMacro(stack, transform.Text, transform.At);

        foreach (var entry in Expand(stack, template.Conditions)) stack.Conditions.TryAdd(entry.Key.Text, entry.Value);
        foreach (var entry in Expand(stack, template.Outputs)) stack.Outputs.TryAdd(entry.Key.Text, entry.Value);
        foreach (var entry in Expand(stack, template.Resources)) AddResource(stack, entry);
        if (said.HasErrors) return null;
        evaluator.ForgetConditions();
        CheckGiven(stack);
        foreach (var resource in stack.Resources.Where(r => r.Type is "AWS::CloudFormation::Stack" or "AWS::Serverless::Application")) LoadNested(resource, folder);
        return said.HasErrors ? null : stack;
    }

    private ImmutableArray<MapEntry> Expand(TemplateStack stack, MapNode? section)
    {
        if (section is null) return [];
        var loops = new LoopExpander(evaluator, stack);
        var entries = loops.Expand(section, World.Open()).Entries;
        foreach (var (loop, why, at) in loops.Unknown)
        {
            said.Add(CloudFormationDiagnostics.UnknownLoop(loop, why, at));
            into.Add(new EstateGap(GapKind.SecurityGroups, Where(stack), $"{loop} ({at.File}:{at.Line}) was left out, because {why}."));
        }

        return entries;
    }

    private void AddResource(TemplateStack stack, MapEntry entry)
    {
        if (entry.Value is MapNode map && map.Find("Type") is ScalarNode { IsNull: false } type)
        {
            if (++_resources > MaxResources) throw new TemplateLimitException(CloudFormationDiagnostics.TooMuch($"more than {MaxResources} resources", entry.Key.At));
            if (!stack.TryAdd(new TemplateResource(stack, entry.Key.Text, type.Text, map, entry.Key.At))) said.Add(CloudFormationDiagnostics.DuplicateResource(entry.Key.Text, entry.Key.At));
        }
        else if (entry.Key.Text == "Fn::Transform")
        {
            // AWS::Include stands so among the resources that it adds to.
            SayMacro(stack, entry.Value is MapNode macro && macro.Find("Name") is ScalarNode name ? name.Text : entry.Key.Text, entry.Key.At);
        }
        else
        {
            said.Add(CloudFormationDiagnostics.BadResource(entry.Key.Text, entry.Key.At));
        }
    }

    private void SayMacro(TemplateStack stack, string name, SourceSpan at)
    {
        said.Add(CloudFormationDiagnostics.Macro(name, at));
        into.Add(new EstateGap(GapKind.SecurityGroups, Where(stack), $"The transform {name} may change the template when it is deployed."));
    }

    private void CheckGiven(TemplateStack stack)
    {
        if (stack.Declared is not null) return;
        file.ParameterNames?.Add(stack.Template.Parameters.Keys.Concat(CloudFormationFormat.PlaceParameters));
        foreach (var (name, parameter) in stack.Template.Parameters)
        {
            if (!file.Parameters.TryGetValue(name, out var value) || parameter.Find("AllowedValues") is not ListNode allowed) continue;
            if (!allowed.Items.OfType<ScalarNode>().Any(a => a.Text == value)) said.Add(CloudFormationDiagnostics.NotAllowed(name, allowed.At));
        }
    }

    private void LoadNested(TemplateResource resource, string folder)
    {
        var location = evaluator.Property(resource, resource.Type == "AWS::CloudFormation::Stack" ? "TemplateURL" : "Location", World.Open());
        if (location is not TextValue { Text: var path })
        {
            Refuse(resource, location is MapValue ? "it comes from the application repository" : "its template is known only when it is deployed");
            return;
        }

        if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith("s3:", StringComparison.Ordinal))
        {
            Refuse(resource, "its template is not a file beside this one");
            return;
        }

        if (resource.Stack.Depth >= MaxDepth)
        {
            Refuse(resource, $"stacks are nested more than {MaxDepth} deep");
            return;
        }

        var relative = Straight(folder.Length == 0 ? path : $"{folder}/{path}");
        using var content = file.OpenNeighbour?.Invoke(relative);
        if (content is null)
        {
            Refuse(resource, $"there is no file \"{(path.Length <= 200 ? path : path[..200])}\" within what is read");
            return;
        }

        var directory = Path.GetDirectoryName(file.Name);
        var name = (string.IsNullOrEmpty(directory) ? relative : Path.Combine(directory, relative)).Replace('\\', '/');
        if (TemplateSyntax.Read(content, name, said, cancellationToken) is not { } root || Template.Read(root, said) is not { } template) return;
        var inner = Path.GetDirectoryName(relative)?.Replace('\\', '/') ?? string.Empty;
        if (Load(template, resource, inner) is { } nested) resource.Stack.Nested[resource.LogicalId] = nested;
        evaluator.ForgetConditions();
    }

    private void Refuse(TemplateResource resource, string why)
    {
        said.Add(CloudFormationDiagnostics.NestedNotRead(resource.Address, why, resource.At));
        into.Add(new EstateGap(GapKind.SecurityGroups, file.SymbolOf(resource.Address), $"The nested stack was not read ({resource.At.File}:{resource.At.Line}): {why}."));
    }

    private string Where(TemplateStack stack) => stack.Declared is { } declared ? file.SymbolOf(declared.Address) : file.Name;

    /// <summary>The path without detours, so that a file has one name.</summary>
    private static string Straight(string path)
    {
        var steps = new List<string>();
        foreach (var step in path.Replace('\\', '/').Split('/'))
        {
            if (step is "." || (step.Length == 0 && steps.Count > 0)) continue;
            if (step == ".." && steps is [.., not ("" or "..")]) steps.RemoveAt(steps.Count - 1);
            else steps.Add(step);
        }

        return string.Join('/', steps);
    }

    private static bool IsKnown(string transform) =>
        transform is "AWS::LanguageExtensions" or "AWS::CodeDeployBlueGreen" || transform.StartsWith("AWS::Serverless-", StringComparison.Ordinal)
        || transform.StartsWith("AWS::SecretsManager-", StringComparison.Ordinal);
}
