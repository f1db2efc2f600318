namespace Sallyport.Hcl.Values;

/// <summary>Text.</summary>
internal sealed record HclString(string Value) : HclValue
{
    /// <summary>No text.</summary>
    public static HclString Empty { get; } = new(string.Empty);

    /// <inheritdoc/>
    public override long Weight => 1 + (Value.Length / 16);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
