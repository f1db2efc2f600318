using System.Collections.Immutable;
using Sallyport.Auditing;

namespace Sallyport.Fixing;

/// <summary>What to fix, and how much may be taken for granted.</summary>
public sealed record FixOptions
{
    /// <summary>Codes of the rules whose findings are to be fixed; empty means all. Check them with <see cref="RuleCatalogue.Find"/> first.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>How the estate is judged before and after, with the connections file when there is one; its own choice of rules is not used.</summary>
    public AuditOptions Audit { get; init; } = AuditOptions.Default;

    /// <summary>True revokes what nobody has proven to be needed where the default is to ask.</summary>
    public bool AssumesUnneeded { get; init; }

    /// <summary>False where the result is only looked at: groups without an EC2 id are then no error.</summary>
    public bool ForApply { get; init; } = true;
}
