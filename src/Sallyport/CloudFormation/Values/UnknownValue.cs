using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>A value that cannot be worked out, not even by name.</summary>
/// <param name="Why">A clause.</param>
/// <param name="At">Where it is written.</param>
internal sealed record UnknownValue(string Why, SourceSpan At) : TemplateValue(At)
{
    public override string? WhyUnknown => Why;
}
