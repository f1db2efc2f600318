namespace Sallyport.Auditing;

/// <summary>Counts of an audit. Waived findings are counted apart, not by severity.</summary>
public sealed record AuditSummary(int Critical, int High, int Medium, int Low, int Info, int Waived, int Unknown)
{
    /// <summary>Findings that nobody waived.</summary>
    public int Open => Critical + High + Medium + Low + Info;
}
