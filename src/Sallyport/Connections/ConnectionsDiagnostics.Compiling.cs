using Sallyport.Diagnostics;

namespace Sallyport.Connections;

/// <summary>SPD1101-SPD1199: what compiling says.</summary>
internal static partial class ConnectionsDiagnostics
{
    private const int MostNamed = 5;

    public static Diagnostic GroupNotInEstate(string name, string id, string? nearest, SourceSpan? at) =>
        Error("SPD1101", $"The group {Quote(name)} is {id}, which is not in the source. {Suggest(nearest, "Read its account and Region too, or correct the id.")}", at);

    public static Diagnostic SelectsNothing(string name, SourceSpan? at) =>
        Error("SPD1102", $"The selector of the group {Quote(name)} finds nothing in the source.", at);

    public static Diagnostic OutsideScope(string name, string id, string part, SourceSpan? at) =>
        Error("SPD1103", $"The group {Quote(name)} ({id}) lies outside the file's scope: {part} is not listed there.", at);

    public static Diagnostic ResolvedTwice(string name, string other, string id, SourceSpan? at) =>
        Warning("SPD1104", $"The groups {Quote(other)} and {Quote(name)} both hold {id}; its rules are those of both.", at);

    public static Diagnostic NoPrefixList(string external, string list, string where, SourceSpan? at) =>
        Error("SPD1105", $"The external {Quote(external)} names the prefix list {Quote(list)}, which the source does not have in {where}. Prefix lists belong to one Region.", at);

    public static Diagnostic AmbiguousPrefixList(string external, string list, string where, IEnumerable<string> ids, SourceSpan? at) =>
        Error("SPD1106", $"The external {Quote(external)} names the prefix list {Quote(list)}, of which there are several in {where}: {string.Join(", ", ids)}. Give the id.", at);

    public static Diagnostic OtherRegion(string id, string from, string to, bool isKept, SourceSpan? at) => Refusal(
        "SPD1107", $"The connection {Quote(id)} needs a reference from {from} to {to}, but they are in different Regions, where EC2 permits none.", isKept, at);

    public static Diagnostic UnrelatedVpcs(string id, string from, string to, bool isKept, SourceSpan? at) => Refusal(
        "SPD1108", $"The connection {Quote(id)} needs a reference from {from} to {to}, but their VPCs share no active peering, association or transit gateway that carries references.", isKept, at);

    public static Diagnostic TransitEgress(string id, string from, string to, bool isKept, SourceSpan? at) => Refusal(
        "SPD1109", $"The connection {Quote(id)} needs an egress rule on {from} that names {to} across a transit gateway, which carries references in ingress rules only.", isKept, at);

    public static Diagnostic Middlebox(string id, string from, string to, string target, bool isKept, SourceSpan? at) => Refusal(
        "SPD1110", $"The connection {Quote(id)} goes from {from} to {to} through {target}; behind a middlebox a reference to a group matches nothing.", isKept, at);

    public static Diagnostic SnapshotMembers(string id, string group, int blocks, SourceSpan? at) => Warning(
        "SPD1112", $"The connection {Quote(id)} names {group} by the {blocks} address(es) its interfaces have now; compile again when they change.", at);

    public static Diagnostic NoMembers(string id, string group, SourceSpan? at) =>
        Error("SPD1113", $"The connection {Quote(id)} is to name {group} by address (peerAs: cidr), but no interface carries the group.", at);

    public static Diagnostic MembersUnknown(IEnumerable<string> connections, bool hasSource, SourceSpan? at)
    {
        var all = connections.ToList();
        var named = string.Join(", ", all.Take(MostNamed).Select(Quote)) + (all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : string.Empty);
        var what = all.Count == 1 ? $"The connection {named} names a group" : $"{all.Count} connections name groups";
        var remedy = hasSource
            ? "no interfaces were read. Give a SOURCE that holds them, such as live or a snapshot"
            : "only a SOURCE tells these: sallyport compile FILE SOURCE, with the one the file was imported from, such as live or a snapshot";
        return Error("SPD1114", $"{what} by the addresses of {(all.Count == 1 ? "its" : "their")} members (peerAs: cidr), and {remedy}.{(all.Count == 1 ? string.Empty : $" They are {named}.")}", at);
    }

    public static Diagnostic OpenEgress(string group, SourceSpan? at) => Warning(
        "SPD1115", $"The group {Quote(group)} keeps an open egress rule, so its declared connections restrict nothing yet: least privilege is not in force until that rule is gone.", at);

    public static Diagnostic ReadOnlyHalf(string id, string group, string half, SourceSpan? at) => Warning(
        "SPD1116", $"The connection {Quote(id)} needs {half} on {group}, which is read-only and does not have it: whoever manages the group must add it.", at);

    public static Diagnostic ReferenceUnchecked(string id, string from, string to, string what, SourceSpan? at) => Warning(
        "SPD1117", $"Whether {from} may refer to {to} (connection {Quote(id)}) cannot be told: {what} not read.", at);

    public static Diagnostic Minimised(string group, string direction, int before, int after, SourceSpan? at) => new(
        "SPD1118", Severity.Note, $"The {direction} rules of {group} were beyond the quota; {before} rules were written as {after} that allow exactly the same.", at);

    /// <summary>An error that says what to write; only a warning for a rule that is there already, since nothing is asked of EC2.</summary>
    private static Diagnostic Refusal(string code, string message, bool isKept, SourceSpan? at) => isKept
        ? Warning(code, $"{message} The rule is there already and stays.", at)
        : Error(code, $"{message} Write peerAs: cidr to name the addresses.", at);
}
