using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>Text, a number or a truth value: CloudFormation takes each for the others.</summary>
internal sealed record TextValue(string Text, SourceSpan At) : TemplateValue(At)
{
    public override string Written => Text;
}
