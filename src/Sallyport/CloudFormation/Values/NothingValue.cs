using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>An absent value: <c>AWS::NoValue</c>, <c>null</c>, or a key that is not there.</summary>
internal sealed record NothingValue(SourceSpan At) : TemplateValue(At);
