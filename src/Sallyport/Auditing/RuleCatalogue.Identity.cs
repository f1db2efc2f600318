using Sallyport.Auditing.Rules.Default;
using Sallyport.Auditing.Rules.Naming;

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
        new WizardGroup(),
        new UnconventionalName(),
        new UndescribedGroup(),
        new UndescribedRule(),
        new MissingTags(),
        new ExplicitTemplateName(),
        new GroupWithoutVpc(),
    ];
}
