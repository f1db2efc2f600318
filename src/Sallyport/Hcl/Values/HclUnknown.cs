namespace Sallyport.Hcl.Values;

/// <summary>A value that only a run of Terraform can tell.</summary>
/// <param name="Why">One clause: what decides it.</param>
/// <param name="Reference">What the value is exactly an attribute of, such as <c>aws_security_group.web.id</c>; null for anything worked out of it.</param>
internal sealed record HclUnknown(string Why, string? Reference = null) : HclValue
{
    /// <inheritdoc/>
    public override bool IsWhollyKnown => false;
}
