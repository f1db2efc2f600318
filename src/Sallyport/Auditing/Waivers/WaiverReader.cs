using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Waivers;

/// <summary>
/// Reads a waivers file: <c>waivers:</c>, a list of rule, resource, reason, owner and expires (all mandatory) and, to narrow it to
/// one finding, fingerprint. Every problem is reported in one run; with an error there are no waivers.
/// </summary>
public static class WaiverReader
{
    /// <summary>Waivers of a run.</summary>
    public const int MaxWaivers = 50_000;

    private const int MaxText = 500;

    // Two resources that share nothing but their kind: what covers both covers everything.
    private static readonly FindingResource One = new(FindingResource.SecurityGroupType, "sg-0a1b2c3d4e5f60718", "orders-db", new("111122223333", "eu-west-1"), null);
    private static readonly FindingResource Other = new(FindingResource.SecurityGroupType, "sg-9f8e7d6c5b4a39281", "WEB", new("987654321098", "us-gov-east-1"), null);

    private static readonly KeyTable File = new("a waivers file", "", ["version", "waivers"]);
    private static readonly KeyTable Item = new("a waiver", "", ["rule", "resource", "fingerprint", "reason", "owner", "expires"]);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="yaml">The text; a byte order mark is read over.</param>
    /// <param name="fileName">What places call the file.</param>
    /// <param name="book">The rules that may be named.</param>
    public static Result<WaiverList> Read(string yaml, string fileName, RuleBook book)
    {
        var syntax = SyntaxReader.Read(yaml, fileName);
        if (syntax.Value is not { } root) return Result<WaiverList>.Failed(syntax.Diagnostics);
        var values = new ValueReader(fileName, syntax.Diagnostics);
        var waivers = ImmutableArray<Waiver>.Empty;
        if (!root.IsNull && Section.Open(root, File, values) is { } file)
        {
            if (values.Text(file["version"], "version") is { } version && version != "1") values.Report(YamlDiagnostics.BadValue(version, "version", "1", null, file["version"]!.At));
            if (file["waivers"] is null) values.Report(YamlDiagnostics.MissingKey("waivers", File.Where, file.At));
            waivers = Bind(file.Items("waivers"), values);
            foreach (var diagnostic in Check(waivers, book)) values.Report(diagnostic);
        }
        else if (root.IsNull)
        {
            values.Report(YamlDiagnostics.MissingKey("waivers", File.Where, values.File));
        }

        var said = values.Diagnostics;
        return new Result<WaiverList>(said.Any(d => d.Severity == Severity.Error) ? null : new WaiverList(waivers), said);
    }

    /// <summary>The waivers of a list; what is wrong is said and left out. Rules are not looked up yet.</summary>
    internal static ImmutableArray<Waiver> Bind(IEnumerable<SyntaxNode> items, ValueReader values)
    {
        var waivers = ImmutableArray.CreateBuilder<Waiver>();
        foreach (var item in items)
        {
            if (waivers.Count == MaxWaivers)
            {
                values.Report(AuditingDiagnostics.TooManyWaivers(MaxWaivers, item.At));
                break;
            }

            if (Bind(item, values) is { } waiver) waivers.Add(waiver);
        }

        return waivers.ToImmutable();
    }

    /// <summary>What is wrong with waivers once the rules are known: a rule that does not exist, or an excuse for everything.</summary>
    internal static IEnumerable<Diagnostic> Check(ImmutableArray<Waiver> waivers, RuleBook book)
    {
        foreach (var waiver in waivers)
        {
            var rules = book.ByRule(waiver.Rule);
            if (rules.IsEmpty) yield return AuditingDiagnostics.UnknownRule(waiver.Rule, NearestName.Find(waiver.Rule, book.RuleNames()), waiver.At);
            else if (rules.Length > 1 && RuleCatalogue.All.All(rules.Contains) && waiver.Fingerprint is null && IsEverything(waiver.Resource)) yield return AuditingDiagnostics.WaiverOfEverything(waiver.At);
        }
    }

    private static Waiver? Bind(SyntaxNode item, ValueReader values)
    {
        if (Section.Open(item, Item, values) is not { } section) return null;
        var rule = Short(section, "rule", values);
        var resource = Short(section, "resource", values);
        var reason = Short(section, "reason", values);
        var owner = Short(section, "owner", values);
        if (section["expires"] is null) values.Report(YamlDiagnostics.MissingKey("expires", Item.Where, section.At));
        var expires = values.Date(section["expires"], "expires");
        var fingerprint = section.Text("fingerprint");
        if (fingerprint is not null && !(fingerprint.Length == 32 && fingerprint.All(char.IsAsciiHexDigit)))
        {
            values.Report(AuditingDiagnostics.BadFingerprint(fingerprint, section["fingerprint"]!.At));
            return null;
        }

        if (rule is null || resource is null || reason is null || owner is null || expires is not { } last) return null;
        return new Waiver(rule, resource, reason, owner, last) { Fingerprint = fingerprint, At = section.At };
    }

    private static string? Short(Section section, string key, ValueReader values)
    {
        if (section.Required(key)?.Trim() is not { } text) return null;
        if (text.Length <= MaxText) return text;
        values.Report(AuditingDiagnostics.TextTooLong(key, MaxText, section[key]!.At));
        return null;
    }

    private static bool IsEverything(string resource)
    {
        var pattern = new Glob(resource);
        return Covers(One) && Covers(Other);

        bool Covers(FindingResource probe) => ResourceNames.Of(probe).Exists(n => pattern.Matches(n));
    }
}
