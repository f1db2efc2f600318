using System.Collections.Frozen;
using System.Collections.Immutable;
using Sallyport.Auditing;

namespace Sallyport.Fixing.Remedies;

/// <summary>
/// Who makes remedies for the findings of which rule. Keyed by code: rules with an entry of their own first, then whole families,
/// so that every rule has an answer the day it is written.
/// </summary>
internal static class RemedyBook
{
    private static readonly OpenEgressRemedies Open = new();
    private static readonly DeclaredSideRemedies Declared = new();
    private static readonly PairRemedies Pair = new();
    private static readonly NoEffectRemedies NoEffect = new();
    private static readonly NeedlessRuleRemedies Needless = new();
    private static readonly RevokeWhenUnneededRemedies Unneeded = new();
    private static readonly DefaultGroupRemedies DefaultGroup = new();

    /// <summary>By code.</summary>
    public static ImmutableSortedDictionary<string, RemedyMaker> OfRules { get; } = new Dictionary<string, RemedyMaker>
    {
        ["SP-EGR-01"] = Open,
        ["SP-EGR-02"] = Open,
        ["SP-EGR-03"] = Open,
        ["SP-EGR-06"] = Open,
        ["SP-EGR-08"] = Open,
        ["SP-EGR-10"] = Open,
        ["SP-EGR-11"] = new AskRemedies("which connections the group opens is for its owner to declare; then run plan"),
        ["SP-EGR-12"] = Unneeded,
        ["SP-EGR-13"] = NoEffect,
        ["SP-EGR-14"] = new AskRemedies("the way out is made by routes and gateways too, which fix does not change"),
        ["SP-ING-18"] = new AskRemedies("the exposure is made by addresses, routes and rules together; the findings on the rules alone have remedies of their own"),
        ["SP-DEF-01"] = DefaultGroup,
        ["SP-DEF-02"] = DefaultGroup,
        ["SP-DEF-04"] = Unneeded,
        ["SP-USE-01"] = new UnusedGroupRemedies(),
        ["SP-USE-03"] = new CrossGroupRemedies(),
        ["SP-USE-09"] = Declared,
        ["SP-REF-01"] = new StaleReferenceRemedies(),
        ["SP-REF-02"] = Unneeded,
        ["SP-REF-03"] = Unneeded,
        ["SP-PAIR-01"] = Pair,
        ["SP-PAIR-02"] = Pair,
        ["SP-PAIR-03"] = Pair,
        ["SP-PAIR-04"] = new AskRemedies("whether the block stands for this group alone or for others beside it is not written anywhere"),
        ["SP-PAIR-05"] = Unneeded,
        ["SP-PAIR-06"] = Unneeded,
        ["SP-DECL-01"] = Declared,
        ["SP-DECL-02"] = new AskRemedies("the declared rules are the work of plan, which adds both sides"),
        ["SP-LRN-01"] = Unneeded,
        ["SP-OVL-01"] = Needless,
        ["SP-OVL-02"] = Needless,
        ["SP-OVL-03"] = new MergeRemedies(),
        ["SP-OVL-04"] = new CrossGroupRemedies(),
        ["SP-SPR-05"] = Unneeded,
        ["SP-VAL-03"] = Declared,
        ["SP-VAL-04"] = NoEffect,
        ["SP-VAL-05"] = new MappedAddressRemedies(),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>By family, for rules without an entry of their own.</summary>
    public static ImmutableSortedDictionary<RuleFamily, RemedyMaker> OfFamilies { get; } = new Dictionary<RuleFamily, RemedyMaker>
    {
        [RuleFamily.Ingress] = Declared,
        [RuleFamily.Port] = Declared,
        [RuleFamily.Egress] = Declared,
        [RuleFamily.Default] = new AskRemedies("what carries the default group, or lives in a default VPC, has to move first"),
        [RuleFamily.Naming] = new AskRemedies("names, descriptions and owners are known to people only"),
        [RuleFamily.Use] = new AskRemedies("it is about what carries which group, and attachments are for the owner of the resource to change"),
        [RuleFamily.Reference] = new AskRemedies("whether the other side is trusted is not written in the estate"),
        [RuleFamily.NetworkAcl] = new AskRemedies("fix changes rules of security groups only, and an ACL concerns every group in its subnets"),
        [RuleFamily.Vpc] = new AskRemedies("fix changes rules of security groups only"),
        [RuleFamily.PrefixList] = new AskRemedies("a prefix list is shared by every rule that names it, in other accounts too"),
        [RuleFamily.Monitoring] = new AskRemedies("fix changes rules of security groups only; alarms are set up elsewhere"),
        [RuleFamily.Pair] = new AskRemedies("which of the two sides is meant is not written anywhere"),
        [RuleFamily.Declaration] = new AskRemedies("either the declaration or the estate is wrong, and only its owner knows which"),
        [RuleFamily.Learning] = new AskRemedies("traffic that was not seen may still be wanted"),
        [RuleFamily.Overlap] = new AskRemedies("the rules differ in meaning, and which of them is meant is not written anywhere"),
        [RuleFamily.Sprawl] = new AskRemedies("merging or splitting groups changes what carries them, which is for their owners to do"),
        [RuleFamily.Quota] = new AskRemedies("room is made by merging rules, by prefix lists or by a larger quota, and each has its price"),
        [RuleFamily.Semantic] = new AskRemedies("several rules make the path together, and which of them is to go is a decision"),
        [RuleFamily.Drift] = new AskRemedies("either the code or the estate is right, and the pipeline that owns the code has to say so"),
        [RuleFamily.Validity] = new AskRemedies("what was read cannot be judged as it stands, so nothing safe can be done about it"),
        [RuleFamily.Custom] = new AskRemedies("the rule is your own and names no remedy"),
    }.ToImmutableSortedDictionary();

    private static readonly FrozenDictionary<string, RemedyMaker> ByCode = OfRules.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The maker for a rule's findings; never null, also for a rule that the catalogue does not hold.</summary>
    public static RemedyMaker Of(string code) =>
        ByCode.GetValueOrDefault(code) ?? OfFamilies[RuleCatalogue.Find(code)?.Family ?? RuleFamily.Custom];
}
