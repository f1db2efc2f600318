using Sallyport.Diagnostics;

namespace Sallyport.Auditing;

/// <summary>A dated, owned exception to one finding. It hides nothing: a waived finding stays in every report, marked.</summary>
/// <param name="Rule">Id, alias, prefix or pattern of the rules it excuses.</param>
/// <param name="Resource">Pattern of the resources it is for, over id, name, ARN and <c>account/region/id-or-name</c>.</param>
/// <param name="Reason">Why; untrusted text.</param>
/// <param name="Owner">Who answers for it; untrusted text.</param>
/// <param name="Expires">Last day, UTC, on which it holds.</param>
public sealed record Waiver(string Rule, string Resource, string Reason, string Owner, DateOnly Expires)
{
    /// <summary>Only the finding with this fingerprint; null for any that rule and resource fit.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Where it is written; null when no file holds it.</summary>
    public SourceSpan? At { get; init; }

    /// <summary>Does it still hold on that day?</summary>
    public bool HoldsOn(DateOnly day) => day <= Expires;
}
