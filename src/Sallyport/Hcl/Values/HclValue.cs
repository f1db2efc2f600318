namespace Sallyport.Hcl.Values;

/// <summary>
/// A value of HCL. Types are loose, as Terraform's are where a schema does not say otherwise: lists, sets and tuples are lists,
/// maps and objects are maps.
/// </summary>
internal abstract record HclValue
{
    /// <summary>False when an unknown value is the value itself or stands somewhere inside.</summary>
    public virtual bool IsWhollyKnown => true;
}
