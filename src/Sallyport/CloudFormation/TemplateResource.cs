using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation;

/// <summary>One resource of a stack.</summary>
/// <param name="stack">The stack it belongs to.</param>
/// <param name="logicalId">Its name in the template.</param>
/// <param name="type">Such as <c>AWS::EC2::SecurityGroup</c>.</param>
/// <param name="node">Its whole declaration.</param>
/// <param name="at">Where its name stands.</param>
internal sealed class TemplateResource(TemplateStack stack, string logicalId, string type, MapNode node, SourceSpan at)
{
    /// <summary>The stack it belongs to.</summary>
    public TemplateStack Stack => stack;

    /// <summary>Its name in the template.</summary>
    public string LogicalId => logicalId;

    /// <summary>Its type.</summary>
    public string Type => type;

    /// <summary>Where its name stands.</summary>
    public SourceSpan At => at;

    /// <summary>The logical id, after those of the nested stacks around it: <c>Network.WebGroup</c>.</summary>
    public string Address => stack.Prefix + logicalId;

    /// <summary>The attribute that is the resource's id beside <c>Ref</c>: <c>VpcId</c> of a VPC, <c>GroupId</c> of a group.</summary>
    public string IdAttribute => type == SecurityGroup ? "GroupId" : $"{type[(type.LastIndexOf(':') + 1)..]}Id".Replace("VPC", "Vpc", StringComparison.Ordinal);

    /// <summary>Its properties; null when it has none.</summary>
    public SyntaxNode? Properties => node.Find("Properties") is { IsNull: false } properties ? properties : null;

    /// <summary>Name of the condition it is under; null when it is under none.</summary>
    public string? Condition => node.Find("Condition") is ScalarNode { IsNull: false } name ? name.Text : null;

    /// <summary>The type of groups.</summary>
    public const string SecurityGroup = "AWS::EC2::SecurityGroup";
}
