namespace Sallyport.Auditing.Settings;

/// <summary>Which findings make a run fail.</summary>
/// <param name="Least">The lowest severity that does; null when none does.</param>
public sealed record FailThreshold(FindingSeverity? Least)
{
    /// <summary>The words there are, as <c>--fail-on</c> takes them.</summary>
    public static IReadOnlyList<string> Words { get; } = ["none", .. FindingSeverities.Words];

    /// <summary>Medium, when nobody says anything.</summary>
    public static FailThreshold Default { get; } = new(FindingSeverity.Medium);

    /// <summary>Reads <c>none</c> or a severity.</summary>
    public static FailThreshold? Parse(string word) =>
        word.Trim().Equals("none", StringComparison.OrdinalIgnoreCase) ? new FailThreshold((FindingSeverity?)null)
        : FindingSeverities.TryParse(word, out var severity) ? new FailThreshold(severity)
        : null;
}
