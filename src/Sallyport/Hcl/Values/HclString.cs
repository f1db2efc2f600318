namespace Sallyport.Hcl.Values;

/// <summary>Text.</summary>
internal sealed record HclString(string Value) : HclValue
{
    /// <summary>No text.</summary>
    public static HclString Empty { get; } = new(string.Empty);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
