using Sallyport.Auditing.Rules.Overlap;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-OVL.</summary>
    private static AuditRule[] Overlaps =>
    [
        new ShadowedRule(),
        new JointlyShadowedRule(),
        new MergeableRule(),
        new CrossGroupShadow(),
        new RevocationWithoutEffect(),
        new AsymmetricFamilies(),
        new ReferenceCycle(),
    ];
}
