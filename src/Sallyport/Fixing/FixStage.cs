namespace Sallyport.Fixing;

/// <summary>The order in which findings are answered: what comes later sees the changes made before.</summary>
internal enum FixStage
{
    /// <summary>Rules that let nothing through go.</summary>
    Clearing,

    /// <summary>Rules that let too much through are replaced.</summary>
    Replacing,

    /// <summary>Missing sides are added to what stayed.</summary>
    Pairing,

    /// <summary>Rules that others make needless go or are merged: what covered them may have gone before.</summary>
    Tidying,
}
