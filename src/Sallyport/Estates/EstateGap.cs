namespace Sallyport.Estates;

/// <summary>Something that could not be read. A verdict that depends on it is unknown.</summary>
/// <param name="What">The kind of thing that is missing.</param>
/// <param name="Where">Scope or resource it is missing for, as text: <c>111122223333/eu-west-1</c>, <c>pl-…</c>, <c>sg-…</c>.</param>
/// <param name="Why">A sentence for people: the error code, or that the source holds none.</param>
/// <param name="IsReadFailure">True when a read was tried and failed or was partial (exit 3 unless allowed); false when the source simply does not hold it.</param>
public sealed record EstateGap(GapKind What, string Where, string Why, bool IsReadFailure = false)
{
    /// <summary>True when the source was read and leaves it open: code names a value that only a run, or code elsewhere, tells. Nothing is amiss then.</summary>
    public bool IsLeftOpen { get; init; }
}
