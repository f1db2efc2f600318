using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.CloudFormation.Mapping;
using Sallyport.CloudFormation.Syntax;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.CloudFormation;

/// <summary>
/// CloudFormation templates, JSON and YAML: one template with its nested templates is one stack. What the CDK writes beside its templates
/// is passed over where it is found in a folder.
/// </summary>
public sealed partial class CloudFormationFormat : IEstateFormat
{
    /// <inheritdoc/>
    public string Name => "CloudFormation template";

    /// <inheritdoc/>
    public bool IsCode => true;

    /// <inheritdoc/>
    public bool Recognises(EstateFileHead head)
    {
        if (head.First == '{') return IsTemplate(head) || (head.File.IsPartOfFolder && IsAssemblyFile(head));
        if (head.First == '[') return false;
        var text = Encoding.UTF8.GetString(head.Bytes.Span);
        if (YamlVersion().IsMatch(text)) return true;
        return YamlResources().IsMatch(text) && YamlType().IsMatch(text);
    }

    /// <inheritdoc/>
    public string? BeginningIn(EstateFileHead head)
    {
        if (head.First is '{' or '[') return null;
        var text = Encoding.UTF8.GetString(head.Bytes.Span);
        var isCutKey = text.Trim() is { Length: > 2 } all && "AWSTemplateFormatVersion".StartsWith(all, StringComparison.Ordinal);
        return isCutKey || YamlSection().IsMatch(text) ? "the beginning of a CloudFormation template and no resource with a type" : null;
    }

    /// <inheritdoc/>
    public void Read(Stream content, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken)
    {
        if (content is HeadStream { Head: var start } && file.IsPartOfFolder)
        {
            var head = new EstateFileHead(file, start);
            if (head.First == '{' && !IsTemplate(head))
            {
                said.Add(CloudFormationDiagnostics.AssemblyFile(file.Name));
                return;
            }
        }

        try
        {
            if (TemplateSyntax.Read(content, file.Name, said, cancellationToken) is not { } root || Template.Read(root, said) is not { } template) return;
            file = InPlace(file);
            var evaluator = new Evaluator(file.Fallback, file.Parameters, cancellationToken);
            var stack = new StackLoader(evaluator, file, into, said, cancellationToken).Load(template);
            if (stack is not null) new StackMapper(stack, evaluator, file, into, said).Map();
        }
        catch (TemplateLimitException exception)
        {
            said.Add(exception.Diagnostic);
        }
    }

    /// <summary>A warning for each name that was given a value and that no template takes.</summary>
    /// <param name="given">Names as the user wrote them.</param>
    /// <param name="known">Names that the templates take; empty when no template was read.</param>
    public static ImmutableArray<Diagnostic> CheckParameters(IEnumerable<string> given, ParameterNames known)
    {
        var names = known.All;
        return [.. given.Where(g => !names.Contains(g)).Order(StringComparer.Ordinal).Select(g => CloudFormationDiagnostics.UnknownParameter(g, [.. names.Where(n => !PlaceParameters.Contains(n))], names.IsEmpty))];
    }

    /// <summary>Pseudo parameters that may be given: they name the place of the stack.</summary>
    internal static ImmutableArray<string> PlaceParameters { get; } = ["AWS::AccountId", "AWS::Region"];

    /// <summary>Where the stack is said to be: the pseudo parameters that name a place are values like others.</summary>
    private static EstateFile InPlace(EstateFile file) => file with
    {
        Fallback = new Scope(
            file.Parameters.GetValueOrDefault("AWS::AccountId", file.Fallback.Account),
            file.Parameters.GetValueOrDefault("AWS::Region", file.Fallback.Region)),
    };

    private static bool IsTemplate(EstateFileHead head)
    {
        if (head.Keys.ContainsKey("AWSTemplateFormatVersion")) return true;
        if (!head.Keys.ContainsKey("Resources") && !head.Keys.ContainsKey("TemplateBody") && !head.Keys.ContainsKey("Transform")) return false;
        return JsonType().IsMatch(Encoding.UTF8.GetString(head.Bytes.Span));
    }

    /// <summary>manifest.json, tree.json, cdk.out, *.assets.json, *.metadata.json and the validation report of a CDK assembly.</summary>
    private static bool IsAssemblyFile(EstateFileHead head)
    {
        var keys = head.Keys;
        if (keys.Count > 0 && keys.Keys.All(k => k.StartsWith('/'))) return true;
        if (!keys.TryGetValue("version", out var version)) return false;
        return keys.Count == 1 || version == "tree-0.1" || keys.ContainsKey("artifacts") || keys.ContainsKey("dockerImages") || keys.ContainsKey("pluginReports");
    }

    [GeneratedRegex("""^["']?AWSTemplateFormatVersion["']?[ \t]*:|^["']?Transform["']?[ \t]*:[ \t]*(\r?\n[ \t]*)?(\[|-)?[ \t]*["']?AWS::""", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex YamlVersion();

    [GeneratedRegex("""^["']?(Resources|Parameters|Mappings|Conditions|Outputs)["']?[ \t]*:""", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex YamlSection();

    [GeneratedRegex("""^["']?Resources["']?[ \t]*:""", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex YamlResources();

    [GeneratedRegex("""(^[ \t]+|[{,][ \t]*)["']?Type["']?[ \t]*:[ \t]*["']?(AWS|Custom|Alexa)::""", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex YamlType();

    [GeneratedRegex("""["]Type["][ \t\r\n]*:[ \t\r\n]*["](AWS|Custom|Alexa)::""", RegexOptions.NonBacktracking)]
    private static partial Regex JsonType();
}
