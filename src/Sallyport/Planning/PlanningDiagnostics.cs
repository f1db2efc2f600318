using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Policies;

namespace Sallyport.Planning;

/// <summary>Every diagnostic of planning and of plan files: SPD3000-SPD3999. One method a code; the sentence lives here only.</summary>
public static class PlanningDiagnostics
{
    /// <summary>True for the codes that are a refusal (exit 4): over quota, no safe order, edited, or a test that does not hold.</summary>
    public static bool IsRefusal(Diagnostic diagnostic) => diagnostic.Code is "SPD3003" or "SPD3004" or "SPD3014" or "SPD3015" or "SPD3016";

    internal static Diagnostic TestFails(TestResult result) => new(
        "SPD3015", Severity.Error, $"The test \"{result.Test.Id}\" fails after this plan ({result.Test.Claim}): {string.Join("; ", result.Failures.Select(f => f.Sentence))}.");

    internal static Diagnostic TestUnknown(TestResult result) => new(
        "SPD3016", Severity.Error, $"The test \"{result.Test.Id}\" cannot be judged ({result.Test.Claim}): {string.Join("; ", result.Gaps)}. Read what is missing, or accept it with --allow-partial.");

    internal static Diagnostic Edited(SourceSpan at) => new(
        "SPD3014", Severity.Error, "The plan is not as it was written: its digest does not fit its content. Change the connections file and plan again.", at);

    internal static Diagnostic GroupNotInEstate(string name, SecurityGroupId id) =>
        new("SPD3001", Severity.Error, $"The group \"{name}\" ({id}) is not in the estate: nothing can be planned for it. Read its account and Region too, or take it out of the file.");

    internal static Diagnostic MalformedId(string name, SecurityGroupId id, bool isError) =>
        new("SPD3002", isError ? Severity.Error : Severity.Warning, $"\"{id}\" ({name}) is not a security group id: EC2 takes sg- and 8 or 17 hex digits.");

    internal static Diagnostic OnlyCode(SecurityGroupId id, int count) => new(
        "SPD3002", Severity.Error, $"The source is code: {id}{(count > 1 ? $" and {(count == 2 ? "one more group" : $"{count - 1} more groups")} have" : " has")} no id yet that EC2 takes, so no plan can be applied to it. Write the rules into the code with compile --to or fix --to, or plan against the account.");

    internal static Diagnostic OverQuota(SecurityGroup group, Direction direction, IpFamily family, int before, int after, int limit) =>
        new("SPD3003", Severity.Error, $"{Name(group)}: {Word(direction)} would hold {after} rules for {Word(family)} (now {before}), and {limit} are permitted. Declare fewer or broader rules, or raise settings.quotas.rulesPerSg together with the account's quota.");

    internal static Diagnostic NoSafeOrder(SecurityGroup group, Direction direction, int limit) =>
        new("SPD3004", Severity.Error, $"{Name(group)}: {Word(direction)} is so close to the {limit} permitted rules that no order of changes keeps wanted traffic allowed throughout. Free some rules first, or raise settings.quotas.rulesPerSg together with the account's quota.");

    internal static Diagnostic UnknownWeight(PrefixListId list) =>
        new("SPD3005", Severity.Warning, $"How much of the rule quota the prefix list {list} costs is not known: the quota check counts too little. Read the list (describe-managed-prefix-lists) to be exact.");

    internal static Diagnostic ReadOnlyHalfMissing(ManagedName group, RuleKey rule, IEnumerable<string> origins) =>
        new("SPD3006", Severity.Warning, $"{group.Name} ({group.Id}) is managed by others and lacks {rule}, which {string.Join(", ", origins)} needs: they have to add it.");

    internal static Diagnostic UntrackedFlows(SecurityGroup group) =>
        new("SPD3007", Severity.Warning, $"{Name(group)} has open ingress and open egress: flows under both are untracked, so revoking either side breaks live connections at once.");

    internal static Diagnostic UntrackedFlowsBeside(SecurityGroup group, Direction direction) =>
        new("SPD3007", Severity.Warning, $"{Name(group)} has open {Word(direction)} and another group on its interfaces open {Word(Opposite(direction))}: flows under both are untracked, so revoking either side breaks live connections at once.");

    internal static Diagnostic PerhapsUntrackedFlows(SecurityGroup group, Direction direction) =>
        new("SPD3007", Severity.Warning, $"{Name(group)} has open {Word(direction)}, and which groups stand beside it on interfaces was not read: where one has open {Word(Opposite(direction))}, flows under both are untracked, and revoking either side breaks live connections at once.");

    internal static Diagnostic UnknownScope(SecurityGroup group) =>
        new("SPD3008", Severity.Warning, $"The source does not say in which {(group.Scope.Account.Length == 0 ? "account" : "Region")} {Name(group)} lives; apply will use the one it is called with.");

    internal static Diagnostic MalformedRules(SecurityGroup group) =>
        new("SPD3009", Severity.Warning, $"{Name(group)} has {group.Malformed.Length} rule(s) that could not be read: the plan neither keeps nor removes them.");

    internal static Diagnostic NotAPlan(string what, SourceSpan at) => new("SPD3010", Severity.Error, $"This is not a plan: {what}.", at);

    internal static Diagnostic BadJson(string problem, SourceSpan at) => new("SPD3010", Severity.Error, $"This is not a plan: {problem}", at);

    internal static Diagnostic UnsupportedVersion(SourceSpan at) =>
        new("SPD3011", Severity.Error, $"The plan has another schemaVersion than {Plan.SchemaVersion}: it was made by a version of sallyport that this one cannot read.", at);

    internal static Diagnostic BadField(string problem, SourceSpan at) => new("SPD3012", Severity.Error, $"The plan is damaged or was edited: {problem}.", at);

    internal static Diagnostic TooLarge(long limitBytes, SourceSpan at) =>
        new("SPD3013", Severity.Error, $"The plan is larger than {limitBytes / (1024 * 1024)} MB.", at);

    internal static Diagnostic NeedsRuleId(SecurityGroupId group, RuleKey rule) => new(
        "SPD3017", Severity.Error, $"{group} is so full that {rule} has to be replaced in place, which takes its rule id, and the source does not tell it. Read describe-security-group-rules too, or use --to plan.");

    private static string Name(SecurityGroup group) => group.Name.Length == 0 ? group.Id.Value : $"{group.Id} ({group.Name})";

    private static Direction Opposite(Direction direction) => direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;

    private static string Word(Direction direction) => direction == Direction.Ingress ? "ingress" : "egress";

    private static string Word(IpFamily family) => family == IpFamily.V4 ? "IPv4" : "IPv6";

    internal readonly record struct ManagedName(string Name, SecurityGroupId Id);
}
