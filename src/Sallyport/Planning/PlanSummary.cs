namespace Sallyport.Planning;

/// <summary>Counts of rules.</summary>
/// <param name="Add">Rules that come.</param>
/// <param name="Change">Rules whose content or text changes in place.</param>
/// <param name="Remove">Rules that go.</param>
public sealed record PlanSummary(int Add, int Change, int Remove);
