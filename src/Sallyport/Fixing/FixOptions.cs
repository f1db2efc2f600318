using Sallyport.Auditing;

namespace Sallyport.Fixing;

/// <summary>What to fix, and how much may be taken for granted.</summary>
public sealed record FixOptions
{
    /// <summary>
    /// The audit whose findings are to be fixed: its choice of rules, severities, waivers and baseline, and the connections file when
    /// there is one. What the changes do to findings of other rules is looked at as well.
    /// </summary>
    public AuditOptions Audit { get; init; } = AuditOptions.Default;

    /// <summary>True revokes what nobody has proven to be needed where the default is to ask.</summary>
    public bool AssumesUnneeded { get; init; }

    /// <summary>False where the result is only looked at: groups without an EC2 id are then no error.</summary>
    public bool ForApply { get; init; } = true;
}
