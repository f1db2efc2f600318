using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Questions;

/// <summary>Diagnostics of the ends of a question: SPD2100-SPD2119. One method a code; the sentence lives here only.</summary>
internal static class EndpointDiagnostics
{
    // What is listed in one message; the rest is counted.
    private const int MostListed = 8;

    /// <summary>Neither an id nor an address, nor a name anybody has.</summary>
    public static Diagnostic Unknown(string text, string? nearest) => new(
        "SPD2100", Severity.Error,
        $"\"{Short(text)}\" is no group, interface or address of the estate, nor a name of the connections file." + (nearest is null ? "" : $" Did you mean \"{nearest}\"?"));

    /// <summary>An id of a kind that is known, of a thing that was not read.</summary>
    public static Diagnostic NotInEstate(string kind, string id, string? nearest) => new(
        "SPD2101", Severity.Error, $"There is no {kind} {Short(id)} in the estate." + (nearest is null ? "" : $" Did you mean {nearest}?"));

    /// <summary>A group name that several groups have.</summary>
    public static Diagnostic AmbiguousGroup(string name, IReadOnlyList<string> groups) => new(
        "SPD2102", Severity.Error, $"{groups.Count} groups are named \"{Short(name)}\": {List(groups)}. Give the id, or vpc-…/{Short(name)}.");

    /// <summary>A private address that interfaces of several VPCs hold.</summary>
    public static Diagnostic AmbiguousAddress(string address, IReadOnlyList<string> vpcs) => new(
        "SPD2103", Severity.Error, $"{address} exists in {vpcs.Count} VPCs: {List(vpcs)}. Write which one is meant: {vpcs[0]}/{address}.");

    /// <summary>An instance whose interfaces were not read.</summary>
    public static Diagnostic NoInterfaces(string instance) => new(
        "SPD2104", Severity.Error, $"No interface of the instance {Short(instance)} was read, so its groups and addresses are not known. Give a source that holds network interfaces.");

    /// <summary>A block with host bits.</summary>
    public static Diagnostic HostBits(string text, string canonical) => new(
        "SPD2105", Severity.Warning, $"\"{Short(text)}\" has host bits; the question is about {canonical}.");

    /// <summary>Nothing, or something that looks like an address and is none.</summary>
    public static Diagnostic NotUnderstood(string text) => new(
        "SPD2106", Severity.Error,
        $"\"{Short(text)}\" is no end. An end is a group id or name, eni-…, i-…, an address or block (vpc-…/10.0.0.5 within one VPC), a name of the connections file, internet or *.");

    /// <summary>An external of the connections file by a prefix list nobody read.</summary>
    public static Diagnostic NoPrefixList(string external, string list) => new(
        "SPD2107", Severity.Error, $"The external \"{Short(external)}\" is the prefix list {Short(list)}, which is not in the estate.");

    /// <summary>A prefix list without its entries.</summary>
    public static Diagnostic EntriesNotRead(string external, string list) => new(
        "SPD2108", Severity.Error, $"The external \"{Short(external)}\" is the prefix list {list}, whose entries were not read.");

    private static string List(IReadOnlyList<string> items) =>
        string.Join(", ", items.Take(MostListed)) + (items.Count > MostListed ? $" and {items.Count - MostListed} more" : "");

    // A mistyped argument may be a whole file; nobody reads more of it than this.
    private static string Short(string text) => text.Length <= 300 ? text : $"{text[..300]}…";
}
