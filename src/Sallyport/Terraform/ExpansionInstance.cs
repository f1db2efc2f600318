using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>One of the instances that <c>count</c> or <c>for_each</c> make; the only one when there is neither.</summary>
/// <param name="Key">As in addresses: <c>[0]</c>, <c>["a"]</c>, or empty.</param>
/// <param name="Name">What <c>count</c> or <c>each</c> is called; null without either.</param>
/// <param name="Value">Its value.</param>
/// <param name="Doubt">Why it is not known whether there is such an instance; null when there is.</param>
internal sealed record ExpansionInstance(string Key, string? Name = null, HclValue? Value = null, string? Doubt = null)
{
    /// <summary>The names that its expressions see.</summary>
    public IHclScope Scope(IHclScope outer) => Name is null ? outer : new NestedScope(outer, (Name, Value!));
}
