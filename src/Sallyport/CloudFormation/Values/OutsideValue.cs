using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>A value that has a name and is known only when the stack is deployed: a parameter without value, an import, a pseudo-parameter.</summary>
/// <param name="Symbol">What it is: <c>Parameter:AlbSg</c>, <c>ImportValue:net-AlbSg</c>. Equal symbols of one template are equal values.</param>
/// <param name="Why">A clause: why it is not known.</param>
/// <param name="At">Where it is written.</param>
internal sealed record OutsideValue(string Symbol, string Why, SourceSpan At) : TemplateValue(At)
{
    /// <summary>How it stands within a longer text; the symbol when null.</summary>
    public string? InText { get; init; }

    /// <summary>True for a list of values: what stands for one group must not stand for many.</summary>
    public bool IsList { get; init; }

    /// <summary>True when the symbol means the same in every template of the account.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>The only values it may have; empty when it may have any.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>A value that may decide conditions and must never be shown (<c>NoEcho</c>).</summary>
    public string? Hidden { get; init; }

    public override string? WhyUnknown => Why;

    public override string Written => InText ?? $"${{{Symbol}}}";
}
