namespace Sallyport.Hcl.Values;

/// <summary>A value that only a run of Terraform can tell.</summary>
/// <param name="Why">One clause: what decides it.</param>
/// <param name="Reference">What the value is exactly an attribute of, such as <c>aws_security_group.web.id</c>; null for anything worked out of it.</param>
internal sealed record HclUnknown(string Why, string? Reference = null) : HclValue
{
    /// <summary>True for a value that the code holds and marks as sensitive: nothing prints it, and nothing that is worked out of it.</summary>
    public bool IsHidden { get; init; }

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

    /// <summary>A value that is marked as sensitive; what is not known anyway stays what it is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What is marked, such as <c>var.password</c>; null for an expression.</param>
    public static HclValue Hide(HclValue value, string? what = null) => value is HclUnknown or HclResourceValue or HclNull
        ? value
        : new HclUnknown($"{what ?? "a value"} is marked as sensitive", what) { IsHidden = true };

    /// <summary>What comes of an operation on it: no longer exactly what a reference names.</summary>
    public HclUnknown WorkedOut() => this with { Reference = null };

    /// <inheritdoc/>
    public override bool IsWhollyKnown => false;
}
