namespace Sallyport.Hcl.Values;

/// <summary>
/// A resource that something refers to: what its block states is known, everything else is a reference, since only AWS gives
/// out ids.
/// </summary>
/// <param name="Address">As Terraform prints it: <c>module.net.aws_security_group.web["a"]</c>.</param>
/// <param name="Stated">Its arguments, worked out on first use.</param>
internal sealed record HclResourceValue(string Address, Lazy<HclMap> Stated) : HclValue
{
    /// <inheritdoc/>
    public override bool IsWhollyKnown => false;

    /// <summary>An attribute: as stated, else a reference to it.</summary>
    public HclValue this[string attribute] => Stated.Value.Items.TryGetValue(attribute, out var stated) && stated is not HclNull
        ? stated
        : new HclUnknown($"{Address}.{attribute} is known after apply", $"{Address}.{attribute}");

    /// <summary>By address.</summary>
    public bool Equals(HclResourceValue? other) => other is not null && Address == other.Address;

    /// <inheritdoc/>
    public override int GetHashCode() => Address.GetHashCode(StringComparison.Ordinal);
}
