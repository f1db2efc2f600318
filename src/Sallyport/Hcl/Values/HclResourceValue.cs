namespace Sallyport.Hcl.Values;

/// <summary>
/// Something that expressions refer to by address. What its block states is known, everything else is a reference, since only
/// AWS gives out ids. Attributes are worked out one by one, so that two objects may use each other's.
/// </summary>
/// <param name="Address">As Terraform prints it: <c>module.net.aws_security_group.web["a"]</c>.</param>
/// <param name="Stated">The value of an attribute; null when the block does not state it.</param>
internal sealed record HclResourceValue(string Address, Func<string, HclValue?> Stated) : HclValue
{
    /// <inheritdoc/>
    public override bool IsWhollyKnown => false;

    /// <summary>An attribute: as stated, else a reference to it.</summary>
    public HclValue this[string attribute] => Stated(attribute) is { } stated and not HclNull
        ? stated
        : new HclUnknown($"{Address}.{attribute} is known after apply", $"{Address}.{attribute}");

    /// <summary>By address.</summary>
    public bool Equals(HclResourceValue? other) => other is not null && Address == other.Address;

    /// <inheritdoc/>
    public override int GetHashCode() => Address.GetHashCode(StringComparison.Ordinal);
}
