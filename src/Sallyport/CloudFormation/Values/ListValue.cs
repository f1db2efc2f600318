using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>A list; never holds a <see cref="NothingValue"/>.</summary>
internal sealed record ListValue(ImmutableArray<TemplateValue> Items, SourceSpan At) : TemplateValue(At);
