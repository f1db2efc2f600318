using Sallyport.Auditing.Rules.Default;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-DEF and SP-NAM.</summary>
    private static AuditRule[] Identity =>
    [
        new DefaultGroupHasRules(),
        new DefaultGroupOpenToWorld(),
        new DefaultGroupAttached(),
        new DefaultGroupReferenced(),
        new DefaultVpcInUse(),
    ];
}
