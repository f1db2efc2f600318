namespace Sallyport.Hcl.Values;

/// <summary><c>null</c>: as though the attribute were not there.</summary>
internal sealed record HclNull : HclValue
{
    private HclNull()
    {
    }

    /// <summary>The only one.</summary>
    public static HclNull Instance { get; } = new();
}
