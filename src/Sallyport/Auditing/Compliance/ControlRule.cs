namespace Sallyport.Auditing.Compliance;

/// <summary>One rule's part in a clause.</summary>
/// <param name="Code">Id of the audit rule.</param>
/// <param name="Source">Whose mapping it is.</param>
/// <param name="State">What the rule alone says.</param>
/// <param name="Findings">Findings that nobody waived.</param>
/// <param name="Waived">Findings that are waived.</param>
/// <param name="Unknown">Verdicts that could not be given.</param>
public sealed record ControlRule(string Code, string Source, ControlState State, int Findings, int Waived, int Unknown)
{
    /// <summary>True when the mapping is our own proposal and no published one.</summary>
    public bool IsOurs => Source == ControlBundles.Ours;
}
