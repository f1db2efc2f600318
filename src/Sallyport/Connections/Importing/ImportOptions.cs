namespace Sallyport.Connections.Importing;

/// <summary>Settings of one import. The date is injected so that the result is a function of its input.</summary>
/// <param name="Today">Stands as <c>import:</c> on every residual, UTC.</param>
public sealed record ImportOptions(DateOnly Today)
{
    /// <summary>Days until somebody shall look at a residual again (<c>review:</c>). Default 90.</summary>
    public int ReviewDays { get; init; } = 90;

    /// <summary>
    /// True words reasons as descriptions of rules: groups are called as in EC2, and where a rule was read is left out. Default
    /// false: a connections file calls them as it declares them.
    /// </summary>
    public bool SpeaksOfEstate { get; init; }
}
