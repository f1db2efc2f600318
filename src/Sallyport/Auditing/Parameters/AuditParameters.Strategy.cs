namespace Sallyport.Auditing.Parameters;

public static partial class AuditParameters
{
    /// <summary>Names that wizards and the Marketplace give.</summary>
    public static PatternParameter WizardNames { get; } = new(
        "wizard.names", DefaultPatterns.Wizard(), "Pattern of group names that a wizard made.");

    /// <summary>The naming convention as one pattern.</summary>
    public static NamePatternParameter NameRegex { get; } = new(
        "name.regex", "^security-group-{region}-(d|t|s|p)-([a-z0-9\\-]+)", "Pattern of good group names; {region} is the group's Region, as eu-west-1 or as ew1.");

    /// <summary>The naming convention as templates.</summary>
    public static NameTemplatesParameter NamePatterns { get; } = new(
        "name.patterns", "", "Templates of good group names beside name.regex: {region}, {environment}, {service}, {app} and {os} are the group's own, * is any text.");

    /// <summary>Descriptions that say nothing.</summary>
    public static TextsParameter DescriptionPlaceholders { get; } = new(
        "description.placeholders", "Managed by Terraform", "Descriptions that count as none.");

    /// <summary>Tags each group must have.</summary>
    public static TextsParameter RequiredTags { get; } = new("required.tags", "owner, app, env", "Tag keys that each group must have, in any letter case.");

    /// <summary>The tag that names an application.</summary>
    public static TextsParameter AppTag { get; } = new("app.tag", "app, application", "Tag keys that name an application; the first that is there counts.");

    /// <summary>The tag that names a service.</summary>
    public static TextsParameter ServiceTag { get; } = new("service.tag", "service", "Tag keys that name a service.");

    /// <summary>The tag that names an operating system.</summary>
    public static TextsParameter OsTag { get; } = new("os.tag", "os", "Tag keys that name an operating system.");

    /// <summary>The tag that names an owner.</summary>
    public static TextsParameter OwnerTag { get; } = new("owner.tag", "owner", "Tag keys that name an owner.");

    /// <summary>Groups per Region worth a word.</summary>
    public static NumberParameter GroupsWarning { get; } = new("groups.warn", 50, 0, 1_000_000, "Groups in one account and Region above which there are many.");

    /// <summary>Groups per Region that are too many.</summary>
    public static NumberParameter GroupsMost { get; } = new("groups.max", 100, 0, 1_000_000, "Groups in one account and Region above which there are too many.");

    /// <summary>Rules of a group and direction that are too many.</summary>
    public static NumberParameter RulesMost { get; } = new("group.rules.max", 50, 0, 1_000_000, "Rules in one direction of a group, one a peer, above which there are too many.");

    /// <summary>Rules of an interface that are too many.</summary>
    public static NumberParameter InterfaceRulesMost { get; } = new("interface.rules.max", 50, 0, 1_000_000, "Rules of all the groups of one interface above which there are too many.");

    /// <summary>Groups nothing may carry.</summary>
    public static TextsParameter BannedGroups { get; } = new("groups.banned", "", "Names or ids of groups that no interface may carry; * is any text.");

    /// <summary>Groups that must be carried.</summary>
    public static GroupRequirementsParameter RequiredGroups { get; } = new(
        "groups.required", "", "Groups that interfaces must carry: NAME, or NAME for type:lambda, vpc:ID, subnet:ID, account:ID, name:TEXT or tag:KEY=TEXT, joined by and.");

    /// <summary>The tag that makes a group a copy.</summary>
    public static TextsParameter ReplicaTag { get; } = new("replica.tag", "", "Tag keys whose value, an id or a name, says which group this one is a copy of.");

    /// <summary>All that may be allowed.</summary>
    public static EnvelopeParameter EnvelopeAllow { get; } = new(
        "envelope.allow", "", "All that groups may allow: rules such as \"ingress tcp/443 from 10.0.0.0/8\", or names or ids of groups whose rules are the template.");

    /// <summary>What may never be allowed.</summary>
    public static EnvelopeParameter EnvelopeDeny { get; } = new("envelope.deny", "", "What no group may allow, written as for envelope.allow.");

    /// <summary>Hosts one rule of a database's group may admit.</summary>
    public static NumberParameter DatabaseHosts { get; } = new("db.hosts", 256, 1, int.MaxValue, "Addresses that one rule of a database's group may admit.");

    /// <summary>Names of the groups EKS makes for remote access.</summary>
    public static PatternParameter EksRemoteNames { get; } = new("eks.remote.names", DefaultPatterns.EksRemote(), "Pattern of the names of groups that EKS makes for remote access to nodes.");

    /// <summary>Names of EMR's groups.</summary>
    public static PatternParameter EmrNames { get; } = new("emr.names", DefaultPatterns.Emr(), "Pattern of the names of groups of EMR clusters.");

    /// <summary>Share of groups with a single instance.</summary>
    public static FractionParameter SingleInstanceShare { get; } = new("spi.max", 0.5, "Share of groups with a single instance above which there is a group per instance.");

    /// <summary>Number of groups with a single instance.</summary>
    public static NumberParameter SingleInstanceCount { get; } = new("spi.count", 20, 0, 1_000_000, "Groups with a single instance that are nothing to speak of.");

    /// <summary>How alike groups must be.</summary>
    public static FractionParameter SimilarShare { get; } = new("similar.min", 0.9, "Share of the rules of two groups that both must have for them to be near duplicates.");

    /// <summary>Interfaces of one group.</summary>
    public static NumberParameter GodInterfaces { get; } = new("god.max", 100, 0, 1_000_000, "Interfaces of one group that are not too many, whatever they serve.");

    /// <summary>Applications of one group.</summary>
    public static NumberParameter GodApps { get; } = new("god.apps", 3, 0, 1_000_000, "Applications that may share a group of more than god.max interfaces.");

    /// <summary>Groups of one interface.</summary>
    public static NumberParameter GodGroups { get; } = new("god.groups", 5, 0, 1_000, "Groups that one interface may carry.");

    /// <summary>Words of things that should have gone.</summary>
    public static PatternParameter TemporaryWords { get; } = new(
        "temporary.words", DefaultPatterns.Temporary(), "Pattern of descriptions and tags of temporary rules.");

    /// <summary>Tags that hold a last day.</summary>
    public static TextsParameter ExpiryTags { get; } = new("expiry.tags", "expires, expiry, expires-on, expiration, delete-after", "Tag keys of rules that hold a last day, as 2026-01-31.");

    /// <summary>When a group is old.</summary>
    public static NumberParameter StaleDays { get; } = new("stale.days", 365, 0, 36_500, "Days without a change after which a group is old; 0 asks nobody's age.");

    /// <summary>Tags that hold the day of the last change.</summary>
    public static TextsParameter ChangedTags { get; } = new("changed.tags", "last-changed", "Tag keys of groups that hold the day of the last change, as 2026-01-31.");

    /// <summary>Names that promise privacy.</summary>
    public static PatternParameter PrivateNames { get; } = new(
        "private.names", DefaultPatterns.Private(), "Pattern of names that say a group is not for the world.");

    /// <summary>Names that promise publicity.</summary>
    public static PatternParameter PublicNames { get; } = new("public.names", DefaultPatterns.Public(), "Pattern of names that say a group is for the world.");

    /// <summary>EC2's quota of rules.</summary>
    public static NumberParameter RuleQuota { get; } = new("quota.rules", 60, 1, 1_000, "Rules that EC2 permits per group, direction and family in your account.");

    /// <summary>EC2's quota of groups per interface.</summary>
    public static NumberParameter InterfaceQuota { get; } = new("quota.interface.groups", 5, 1, 16, "Groups that EC2 permits per interface in your account.");

    /// <summary>EC2's quota of groups.</summary>
    public static NumberParameter GroupQuota { get; } = new("quota.groups", 2_500, 1, 1_000_000, "Groups that EC2 permits per Region in your account.");

    /// <summary>EC2's bound on both quotas together.</summary>
    public static NumberParameter ProductQuota { get; } = new("quota.product", 1_000, 1, 1_000_000, "Rules per group times groups per interface that EC2 permits.");

    /// <summary>When a quota is nearly used up.</summary>
    public static FractionParameter QuotaShare { get; } = new("quota.share", 0.8, "Share of a quota from which it is nearly used up.");

    /// <summary>The tag that names a tier.</summary>
    public static TextsParameter TierTag { get; } = new("tier.tag", "tier", "Tag keys of groups that name a tier.");

    /// <summary>Tiers in order.</summary>
    public static TextsParameter TierOrder { get; } = new("tier.order", "web, app, data", "Tiers from the outside in; each may reach the next, never one further on.");

    /// <summary>The tag that names an environment.</summary>
    public static TextsParameter EnvironmentTag { get; } = new("env.tag", "env, environment", "Tag keys of groups, or else of their VPCs, that name an environment.");

    /// <summary>Names of production.</summary>
    public static TextsParameter ProductionNames { get; } = new("env.production", "prod, production, prd", "Environments that are production, in any letter case.");

    /// <summary>Environments of whole accounts.</summary>
    public static AccountLabelsParameter EnvironmentAccounts { get; } = new("env.accounts", "", "Environments of whole accounts where no tag says another: 111122223333=prod.");

    /// <summary>Parameters of SP-NAM, SP-USE, SP-SPR, SP-QTA and of tiers and environments.</summary>
    private static AuditParameter[] Strategy =>
    [
        WizardNames, NameRegex, NamePatterns, DescriptionPlaceholders, RequiredTags, AppTag, ServiceTag, OsTag, OwnerTag, GroupsWarning, GroupsMost,
        RulesMost, InterfaceRulesMost, BannedGroups, RequiredGroups, ReplicaTag, EnvelopeAllow, EnvelopeDeny, DatabaseHosts, EksRemoteNames, EmrNames,
        SingleInstanceShare, SingleInstanceCount, SimilarShare, GodInterfaces, GodApps, GodGroups, TemporaryWords, ExpiryTags, StaleDays, ChangedTags,
        PrivateNames, PublicNames, RuleQuota, InterfaceQuota, GroupQuota, ProductQuota, QuotaShare, TierTag, TierOrder, EnvironmentTag,
        ProductionNames, EnvironmentAccounts,
    ];
}
