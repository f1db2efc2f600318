using Sallyport.Diagnostics;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Connections;

/// <summary>
/// Every diagnostic of the connections file: SPD1001-SPD1099 while reading and binding, SPD1101-SPD1199 while compiling (the other
/// part of this class). One method a code; the sentence lives here only. Pages: docs/diagnostics/SPD1xxx.md.
/// </summary>
internal static partial class ConnectionsDiagnostics
{
    /// <summary>The code of <see cref="MalformedGroupId"/>: a warning here, an error when a plan shall be applied.</summary>
    public const string MalformedGroupIdCode = "SPD1020";

    public static Diagnostic UnknownGroup(string name, string? nearest, SourceSpan at) =>
        Error("SPD1004", $"The name {Quote(name)} is neither a group nor an external of this file. {Suggest(nearest, "Declare it under groups or externals.")}", at);

    public static Diagnostic EmptyFile(SourceSpan at) => Error("SPD1009", "The file is empty. A connections file starts with \"version: 1\".", at);

    public static Diagnostic VersionMissing(SourceSpan at) => Error("SPD1010", "The version is missing. Write \"version: 1\" at the top.", at);

    public static Diagnostic VersionUnsupported(string version, SourceSpan at) =>
        Error("SPD1011", $"Version {Quote(version)} is not known to this program; it reads version 1.", at);

    public static Diagnostic GroupAndExternal(string name, SourceSpan at) =>
        Error("SPD1015", $"The name {Quote(name)} is declared both as a group and as an external.", at);

    public static Diagnostic ReservedName(string name, string why, SourceSpan at) => Error("SPD1016", $"The name {Quote(name)} is taken: {why}.", at);

    public static Diagnostic MalformedGroupId(string id, SourceSpan? at) => new(
        MalformedGroupIdCode, Severity.Warning, $"{Quote(id)} is not a security group id (sg- and 8 or 17 hex digits); compiling goes on, applying will not.", at);

    public static Diagnostic SgOrSelect(string name, bool both, SourceSpan at) => Error(
        "SPD1021", $"The group {Quote(name)} needs exactly one of \"sg\" and \"select\"; {(both ? "it has both" : "it has neither")}.", at);

    public static Diagnostic CidrsOrPrefixList(string name, bool both, SourceSpan at) => Error(
        "SPD1022", $"The external {Quote(name)} needs exactly one of \"cidrs\" and \"prefixList\"; {(both ? "it has both" : "it has neither")}.", at);

    public static Diagnostic HostBits(string text, Cidr canonical, SourceSpan at) =>
        Error("SPD1023", $"{Quote(text)} has host bits: EC2 would store {canonical}. Write {canonical}, or {Cidr.Host(Address.Parse(text[..text.IndexOf('/', StringComparison.Ordinal)].Trim()))} for the one address.", at);

    public static Diagnostic BadCidr(string text, SourceSpan at) =>
        Error("SPD1024", $"{Quote(text)} is not an address block such as 198.51.100.0/24 or 2001:db8::/32.", at);

    public static Diagnostic NotPublic(string name, Cidr cidr, SourceSpan at) => Error(
        "SPD1025", $"The external {Quote(name)} holds {cidr}, every address there is. Say so with \"public: true\".", at);

    public static Diagnostic NoServices(string what, SourceSpan at) => Error(
        "SPD1026", $"{what} names no services. List them, such as [tcp/443]; write [any] when every protocol and port is meant.", at);

    public static Diagnostic BadService(string text, string problem, SourceSpan at) => Error("SPD1027", $"{Quote(text)} is not a service: {problem}.", at);

    public static Diagnostic UnknownService(string name, string? nearest, SourceSpan at) => Error(
        "SPD1028", $"The service {Quote(name)} is not declared in this file. {Suggest(nearest, "Declare it under services, or write it out, such as tcp/443.")}", at);

    public static Diagnostic NoReason(string what, SourceSpan at) =>
        Error("SPD1029", $"{what} gives no reason. Say why it is needed: the reason becomes the rules' description.", at);

    public static Diagnostic HalfWithoutReason(string id, string sides, SourceSpan at) => Error(
        "SPD1030", $"The connection {Quote(id)} writes only its {sides} half and gives no reason. Say why the other half is not needed.", at);

    public static Diagnostic ExternalToExternal(string id, string from, string to, SourceSpan at) => Error(
        "SPD1031", $"The connection {Quote(id)} goes from {Quote(from)} to {Quote(to)}, both externals: there is no group to write a rule on.", at);

    public static Diagnostic HalfOnExternal(string id, string sides, string external, SourceSpan at) => Error(
        "SPD1032", $"The connection {Quote(id)} writes only its {sides} half, but that side is the external {Quote(external)}, which has no rules.", at);

    public static Diagnostic InternetNotDeclared(SourceSpan at) => Error(
        "SPD1033", "The internet is not declared. Naming it is the opt-in: internet: {cidrs: [0.0.0.0/0, \"::/0\"], public: true} under externals.", at);

    public static Diagnostic UnknownPeer(string text, string? nearest, SourceSpan at) => Error(
        "SPD1034", $"The peer {Quote(text)} is neither a CIDR, a group id, a prefix list id nor a name of this file. {Suggest(nearest, string.Empty)}".TrimEnd(), at);

    public static Diagnostic TestShape(string what, string problem, SourceSpan at) => Error("SPD1035", $"The {what} {problem}.", at);

    public static Diagnostic NoExpiry(string id, SourceSpan at) =>
        Error("SPD1036", $"The exception {Quote(id)} does not expire. Give the last day it holds, such as expires: 2026-12-31.", at);

    public static Diagnostic UnknownTest(string id, string test, string? nearest, SourceSpan at) =>
        Error("SPD1037", $"The exception {Quote(id)} relaxes the test {Quote(test)}, which this file does not have. {Suggest(nearest, string.Empty)}".TrimEnd(), at);

    public static Diagnostic DuplicateId(string what, string id, SourceSpan first, SourceSpan at) =>
        Error("SPD1038", $"The {what} {Quote(id)} stands here twice; the first is on line {first.Line}.", at);

    public static Diagnostic SameGroupTwice(string name, string other, string id, SourceSpan at) =>
        Error("SPD1039", $"The groups {Quote(other)} and {Quote(name)} are the same security group {id}.", at);

    public static Diagnostic EmptySelect(string name, SourceSpan at) =>
        Error("SPD1040", $"The group {Quote(name)} selects every group there is. Give a name, a VPC or tags.", at);

    public static Diagnostic IcmpFamily(string service, string external, int family, SourceSpan at) => Warning(
        "SPD1043", $"{service} has nothing to do with the IPv{family} blocks of {Quote(external)}: the rules will match nothing. ICMP for IPv6 is icmpv6; an external a family tells the two apart.", at);

    public static Diagnostic ResidualOnReadOnly(string group, SourceSpan at) =>
        Warning("SPD1044", $"The group {Quote(group)} is read-only, so this residual writes nothing.", at);

    private static Diagnostic Error(string code, string message, SourceSpan? at) => new(code, Severity.Error, message, at);

    private static Diagnostic Warning(string code, string message, SourceSpan? at) => new(code, Severity.Warning, message, at);

    private static string Quote(string text) => YamlDiagnostics.Quote(text);

    private static string Suggest(string? nearest, string otherwise) => YamlDiagnostics.Suggest(nearest, otherwise);
}
