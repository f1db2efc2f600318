using Sallyport.Diagnostics;
using Sallyport.Hcl.Syntax;

namespace Sallyport.Terraform;

/// <summary>A <c>resource</c> or <c>data</c> block.</summary>
/// <param name="IsData">True for a data source.</param>
/// <param name="Type">Such as <c>aws_security_group</c>.</param>
/// <param name="Name">Its local name.</param>
/// <param name="Body">Its arguments.</param>
/// <param name="At">Where it starts.</param>
internal sealed record TerraformBlock(bool IsData, string Type, string Name, HclBody Body, SourceSpan At)
{
    /// <summary>Its address within its module, without an instance key.</summary>
    public string Address => IsData ? $"data.{Type}.{Name}" : $"{Type}.{Name}";
}
