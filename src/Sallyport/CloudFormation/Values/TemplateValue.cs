using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>What an expression of a template comes to.</summary>
/// <param name="At">Where it is written.</param>
internal abstract record TemplateValue(SourceSpan At)
{
    /// <summary>The value as one text for people; parts that are not known stay as they are written.</summary>
    public virtual string? Written => null;

    /// <summary>A clause: why nobody knows the value before the stack is deployed; null for one that is known.</summary>
    public virtual string? WhyUnknown => null;
}
