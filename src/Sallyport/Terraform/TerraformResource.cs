using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>One instance of a resource, however it was read: from code, a plan or a state.</summary>
/// <param name="Address">Whole address with module path and instance key.</param>
/// <param name="Type">Such as <c>aws_security_group</c>.</param>
/// <param name="Values">Arguments and, where known, computed attributes; nested blocks are lists of maps.</param>
/// <param name="At">Where its block starts; null when the source has no places.</param>
internal sealed record TerraformResource(string Address, string Type, HclMap Values, SourceSpan? At)
{
    /// <summary>
    /// Where its nested blocks start: <c>ingress</c> and position among its kind. Position -1 is the argument that stands for the blocks, when one does.
    /// </summary>
    public ImmutableDictionary<(string Block, int Position), SourceSpan> Blocks { get; init; } = ImmutableDictionary<(string, int), SourceSpan>.Empty;

    /// <summary>True for what code declares: a line of a plan or state is no place where anybody would look.</summary>
    public bool IsOfCode { get; init; }

    /// <summary>Its address, and where code declares it: <c>aws_security_group.web (main.tf:3)</c>.</summary>
    public string Named => $"{Address}{Place(At)}";

    /// <summary>The provider that makes it.</summary>
    public TerraformProvider Provider { get; init; } = TerraformProvider.None;

    /// <summary>Set when it is not known whether, or how often, the instance exists: one clause that says why.</summary>
    public string? Doubt { get; init; }

    /// <summary>A place within it, as it stands behind a name: <c> (main.tf:3)</c>; empty when there is none to tell.</summary>
    public string Place(SourceSpan? at) => IsOfCode && at is not null ? $" ({at.File}:{at.Line})" : string.Empty;

    /// <summary>An attribute; null when it is absent or null.</summary>
    public HclValue? this[string name] => Values.Items.TryGetValue(name, out var value) && value is not HclNull ? value : null;
}
