using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>What a resource of the code will have when it exists: its id, or another attribute.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Attribute">Empty for <c>Ref</c>.</param>
/// <param name="At">Where it is written.</param>
internal sealed record ReferenceValue(TemplateResource Resource, string Attribute, SourceSpan At) : TemplateValue(At)
{
    /// <summary>True for the reference that stands for the resource itself.</summary>
    public bool IsIdentity => Attribute is "" or "Id" || Attribute == Resource.IdAttribute;

    /// <summary>The resource's address, and the attribute unless it is its id.</summary>
    public string Address => IsIdentity ? Resource.Address : $"{Resource.Address}.{Attribute}";

    public override string? WhyUnknown => $"{Address} is known when the stack is deployed";

    public override string Written => $"${{{Address}}}";
}
