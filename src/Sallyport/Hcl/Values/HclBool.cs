namespace Sallyport.Hcl.Values;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed record HclBool(bool Value) : HclValue
{
    /// <summary>The value as HCL.</summary>
    public static HclBool Of(bool value) => value ? True : False;

    private static readonly HclBool True = new(true);
    private static readonly HclBool False = new(false);
}
