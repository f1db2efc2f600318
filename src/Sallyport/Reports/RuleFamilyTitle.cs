using Sallyport.Auditing;

namespace Sallyport.Reports;

/// <summary>Families of audit rules as headings.</summary>
internal static class RuleFamilyTitle
{
    public static string Of(RuleFamily family) => family switch
    {
        RuleFamily.Port => "Service ports",
        RuleFamily.Default => "Default group",
        RuleFamily.Naming => "Names and tags",
        RuleFamily.Use => "Use and disuse",
        RuleFamily.Reference => "References",
        RuleFamily.NetworkAcl => "Network ACLs",
        RuleFamily.Vpc => "VPCs and flow logs",
        RuleFamily.PrefixList => "Prefix lists",
        RuleFamily.Pair => "Both sides",
        RuleFamily.Declaration => "Declared connections",
        RuleFamily.Learning => "Observed traffic",
        RuleFamily.Overlap => "Overlap",
        RuleFamily.Sprawl => "Sprawl",
        RuleFamily.Quota => "Quotas",
        RuleFamily.Semantic => "Reach and meaning",
        RuleFamily.Validity => "Input",
        RuleFamily.Custom => "Your own rules",
        _ => family.ToString(),
    };
}
