namespace Sallyport.Auditing;

/// <summary>A dated, owned exception to one finding. It hides nothing: a waived finding stays in every report, marked.</summary>
/// <param name="Rule">Id of the rule it excuses.</param>
/// <param name="Resource">Pattern of the resources it is for.</param>
/// <param name="Reason">Why; untrusted text.</param>
/// <param name="Owner">Who answers for it; untrusted text.</param>
/// <param name="Expires">Last day, UTC, on which it holds.</param>
public sealed record Waiver(string Rule, string Resource, string Reason, string Owner, DateOnly Expires);
