namespace Sallyport.Applying;

/// <summary>Kinds of change whose permission can be asked for beforehand.</summary>
public enum TargetChange
{
    /// <summary>AuthorizeSecurityGroupIngress.</summary>
    AuthorizeIngress,

    /// <summary>AuthorizeSecurityGroupEgress.</summary>
    AuthorizeEgress,

    /// <summary>RevokeSecurityGroupIngress.</summary>
    RevokeIngress,

    /// <summary>RevokeSecurityGroupEgress.</summary>
    RevokeEgress,

    /// <summary>ModifySecurityGroupRules.</summary>
    Modify,

    /// <summary>UpdateSecurityGroupRuleDescriptionsIngress.</summary>
    DescribeIngress,

    /// <summary>UpdateSecurityGroupRuleDescriptionsEgress.</summary>
    DescribeEgress,

    /// <summary>CreateTags.</summary>
    Tag,

    /// <summary>DeleteTags.</summary>
    Untag,
}
