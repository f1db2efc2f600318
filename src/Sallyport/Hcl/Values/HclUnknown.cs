namespace Sallyport.Hcl.Values;

/// <summary>A value that only a run of Terraform can tell.</summary>
/// <param name="Why">One clause: what decides it.</param>
/// <param name="Reference">What the value is exactly an attribute of, such as <c>aws_security_group.web.id</c>; null for anything worked out of it.</param>
internal sealed record HclUnknown(string Why, string? Reference = null) : HclValue
{
    /// <summary>
    /// True for a reference to an id that a resource or data source will have: whatever it will be, it is neither null nor empty. Variables and
    /// outputs of modules may be either.
    /// </summary>
    public bool IsId
    {
        get
        {
            if (Reference is null) return false;
            var parts = Reference.Split('.');
            var at = 0;
            while (at + 1 < parts.Length && parts[at] == "module") at += 2;
            return parts.Length - at >= 3 && parts[at] != "var" && (parts[^1] is "id" or "arn" || parts[^1].EndsWith("_id", StringComparison.Ordinal) || parts[^1].EndsWith("_arn", StringComparison.Ordinal));
        }
    }

    /// <inheritdoc/>
    public override bool IsWhollyKnown => false;
}
