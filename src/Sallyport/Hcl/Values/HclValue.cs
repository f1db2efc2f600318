namespace Sallyport.Hcl.Values;

/// <summary>
/// A value of HCL. Types are loose, as Terraform's are where a schema does not say otherwise: lists, sets and tuples are lists,
/// maps and objects are maps.
/// </summary>
internal abstract record HclValue
{
    /// <summary>False when an unknown value is the value itself or stands somewhere inside.</summary>
    public virtual bool IsWhollyKnown => true;

    /// <summary>
    /// What it takes to walk through the value: itself, what stands inside, its text by sixteen characters. Values are shared, so
    /// that a few lines make one that no walk comes to the end of.
    /// </summary>
    public virtual long Weight => 1;

    /// <summary>A collection's weight with one item more; it stops growing where a sum could overflow.</summary>
    protected static long Heavier(long sum, HclValue item)
    {
        const long Heaviest = long.MaxValue / 4;
        return Math.Min(sum + item.Weight, Heaviest);
    }
}
