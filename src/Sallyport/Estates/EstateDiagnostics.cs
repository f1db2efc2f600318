using System.Globalization;
using Sallyport.Diagnostics;

namespace Sallyport.Estates;

/// <summary>Every diagnostic of sources and of the estate: SPD2000-SPD2999. One method a code; the sentence lives here only.</summary>
public static class EstateDiagnostics
{
    /// <summary>The path names nothing.</summary>
    public static Diagnostic NotFound(string path) =>
        new("SPD2001", Severity.Error, $"There is no file or folder \"{path}\".", new SourceSpan(path));

    /// <summary>The file system refused.</summary>
    public static Diagnostic Unreadable(string path, string reason) =>
        new("SPD2002", Severity.Error, $"The file cannot be read: {reason}", new SourceSpan(path));

    /// <summary>Nothing but white space.</summary>
    public static Diagnostic Empty(string path) =>
        new("SPD2003", Severity.Error, "The file is empty; the command that should have written it probably failed.", new SourceSpan(path));

    /// <summary>No format takes the file.</summary>
    public static Diagnostic Unrecognised(string path, string formats, string? holds = null, SourceSpan? at = null) =>
        new("SPD2004", Severity.Error, holds is null
            ? $"The file is none of the formats Sallyport reads ({formats})."
            : $"The file holds {holds}, which is none of the things Sallyport reads ({formats}).", at ?? new SourceSpan(path));

    /// <summary>Not JSON.</summary>
    public static Diagnostic BadJson(string problem, SourceSpan at) => new("SPD2005", Severity.Error, $"This is not valid JSON: {problem}", at);

    /// <summary>JSON that ends too early.</summary>
    public static Diagnostic CutOff(SourceSpan at) =>
        new("SPD2006", Severity.Error, "The JSON text ends in the middle; the file is cut off. Nothing of it was taken.", at);

    /// <summary>Nesting beyond the limit.</summary>
    public static Diagnostic TooDeep(int limit, SourceSpan at) =>
        new("SPD2007", Severity.Error, $"The JSON text is nested more than {limit} levels deep.", at);

    /// <summary>A value or object beyond the limit.</summary>
    public static Diagnostic TooLong(int limitBytes, SourceSpan at) =>
        new("SPD2008", Severity.Error, $"A single value or object is longer than {limitBytes / (1024 * 1024)} MiB.", at);

    /// <summary>Broken UTF-8 or a lone surrogate.</summary>
    public static Diagnostic BadText(SourceSpan at) => new("SPD2009", Severity.Error, "The text is not valid Unicode.", at);

    /// <summary>A known field with a value of another type.</summary>
    public static Diagnostic WrongType(string field, string expected, string found, SourceSpan at) =>
        new("SPD2010", Severity.Error, $"\"{field}\" must be {expected}, not {found}.", at);

    /// <summary>A thing without the field that says what it is.</summary>
    public static Diagnostic MissingField(string kind, string field, SourceSpan at) =>
        new("SPD2011", Severity.Error, $"The {kind} has no \"{field}\"; when the file was made with --query, keep that field.", at);

    /// <summary>Permissions that --query has cut off from their group.</summary>
    public static Diagnostic PermissionsWithoutGroup(SourceSpan at) =>
        new("SPD2012", Severity.Error, "These are permissions without the group they belong to; make the file without --query, or with one that keeps \"GroupId\", \"IpPermissions\" and \"IpPermissionsEgress\" together.", at);

    /// <summary>Bare texts or numbers, as <c>--query 'SecurityGroups[*].GroupId'</c> leaves.</summary>
    public static Diagnostic BareValues(string found, SourceSpan at) =>
        new("SPD2013", Severity.Error, $"Expected objects as EC2 describes them, but found {found}; when the file was made with --query, keep whole objects.", at);

    /// <summary>An id that only the file's name can give, and does not.</summary>
    public static Diagnostic IdNotInName(string kind, string prefix, SourceSpan at) =>
        new("SPD2014", Severity.Error, $"The answer does not say which {kind} it belongs to; put its id ({prefix}…) into the file's name.", at);

    /// <summary>Too many files in a folder, or too much in one.</summary>
    public static Diagnostic TooMuch(string path, string what) => new("SPD2015", Severity.Error, $"The source is too large: {what}.", new SourceSpan(path));

    /// <summary>A snapshot of a later Sallyport.</summary>
    public static Diagnostic NewerSnapshot(int version, int known, SourceSpan at) =>
        new("SPD2016", Severity.Error, $"The snapshot has schemaVersion {version}; this Sallyport reads up to {known}. Use a newer one.", at);

    /// <summary>A snapshot with a value that the writer never writes.</summary>
    public static Diagnostic BadSnapshot(string problem, SourceSpan at) => new("SPD2017", Severity.Error, $"The snapshot is damaged: {problem}.", at);

    /// <summary>A folder without anything to read.</summary>
    public static Diagnostic NothingInFolder(string path) =>
        new("SPD2018", Severity.Error, "The folder holds no file that Sallyport reads.", new SourceSpan(path));

    /// <summary>A compressed file that does not decompress.</summary>
    public static Diagnostic BadCompression(string path, string problem) =>
        new("SPD2019", Severity.Error, $"The file is compressed but damaged: {problem}", new SourceSpan(path));

    /// <summary>A source that this call was not given a way to open.</summary>
    public static Diagnostic NotAvailable(string source) =>
        new("SPD2020", Severity.Error, $"The source \"{source}\" cannot be used here.", null);

    /// <summary>A rule that EC2 would not take; it allows nothing.</summary>
    public static Diagnostic MalformedRule(string group, string problem, SourceSpan at) =>
        new("SPD2050", Severity.Warning, $"A rule of {group} is malformed and was left out: {problem}.", at);

    /// <summary>A block with host bits, which EC2 zeroes.</summary>
    public static Diagnostic HostBits(string text, string canonical, SourceSpan at) =>
        new("SPD2051", Severity.Warning, $"\"{text}\" has host bits; it was read as {canonical}, as EC2 does.", at);

    /// <summary>TCP or UDP without ports.</summary>
    public static Diagnostic NoPorts(string protocol, SourceSpan at) =>
        new("SPD2052", Severity.Warning, $"The {protocol} rule has no ports; it was read as every port.", at);

    /// <summary>A block of the other family than its field says.</summary>
    public static Diagnostic WrongFamily(string text, string field, SourceSpan at) =>
        new("SPD2053", Severity.Warning, $"\"{text}\" stands in \"{field}\", where the other address family belongs; it was read as what it is.", at);

    /// <summary>A group without one or both of its rule lists.</summary>
    public static Diagnostic GroupWithoutRules(string group, string missing, SourceSpan at) =>
        new("SPD2054", Severity.Warning, $"The group {group} is listed without {missing}; those rules are unknown.", at);

    /// <summary>An address, block or the like that is not one, in something that is no rule.</summary>
    public static Diagnostic BadValue(string field, string text, string owner, SourceSpan at) =>
        new("SPD2055", Severity.Warning, $"\"{text}\" in \"{field}\" of {owner} cannot be understood and was left out.", at);

    /// <summary>A page whose successor is missing.</summary>
    public static Diagnostic PageMissing(string list, SourceSpan at) =>
        new("SPD2056", Severity.Warning, $"The answer with \"{list}\" ends with a NextToken: further pages may be missing.", at);

    /// <summary>A text of a group that AWS would not take.</summary>
    public static Diagnostic LongText(string group, string what, int length, int kept, SourceSpan at) =>
        new("SPD2057", Severity.Warning, string.Create(CultureInfo.InvariantCulture, $"The {what} of {group} is {length:N0} characters long; AWS allows {(what == "tag" ? "128 in a tag's key and 256 in its value" : "255")}. Its first {kept:N0} were kept."), at);

    /// <summary>A describe answer that no analysis uses.</summary>
    public static Diagnostic OtherAnswer(string path, string holds) =>
        new("SPD2080", Severity.Note, $"Ignored: the file holds {holds}, which no analysis uses.", new SourceSpan(path));

    /// <summary>A link that could lead to anything on this machine.</summary>
    public static Diagnostic LinkLeadsOut(string path, string source) =>
        new("SPD2285", Severity.Warning, $"This is a link that leads out of {source}; it was not followed.", new SourceSpan(path));

    /// <summary>Sources that contradict each other about one interface.</summary>
    public static Diagnostic InterfaceReadTwice(string id, IEnumerable<string> contradictions) =>
        new("SPD2295", Severity.Warning, $"The interface {id} was read more than once with different contents ({string.Join(", ", contradictions)}); the reading with more groups and addresses is used.", null);

    /// <summary>How many more interfaces the same was found of.</summary>
    public static Diagnostic MoreInterfacesReadTwice(int count) =>
        new("SPD2295", Severity.Warning, $"{count} more interface{(count == 1 ? " was" : "s were")} read more than once with different contents.", null);

    /// <summary>A file of a folder that is no source.</summary>
    public static Diagnostic OtherFile(string path) =>
        new("SPD2081", Severity.Note, "Ignored: the file is none of the formats Sallyport reads.", new SourceSpan(path));

    /// <summary><c>null</c>, which <c>--query</c> leaves when it matches nothing.</summary>
    public static Diagnostic NothingMatched(SourceSpan at) =>
        new("SPD2082", Severity.Note, "The file holds null: the --query it was made with matched nothing.", at);

    /// <summary>How many diagnostics of a code were not repeated.</summary>
    public static Diagnostic AndMore(string code, int count, Severity severity, SourceSpan at) =>
        new(code, severity, $"… and {count} more like this in the file.", at);
}
