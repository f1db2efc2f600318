using System.Collections.Immutable;

namespace Sallyport.Auditing.Compliance;

/// <summary>Every framework that some rule is mapped to, or may be by a rule of the user's own.</summary>
public static class FrameworkCatalogue
{
    private const string Cis = "Center for Internet Security";
    private const string Nist = "National Institute of Standards and Technology";
    private const string Pci = "PCI Security Standards Council";
    private const string Iso = "ISO/IEC";
    private const string Aws = "Amazon Web Services";
    private const string Transcribed = "Clause numbers as other tools transcribe them; the benchmark itself was not at hand.";

    /// <summary>By name, ordinal.</summary>
    public static ImmutableArray<Framework> All { get; } = Sorted(
        CisAws("1.2"), CisAws("1.4"), CisAws("2.0"), CisAws("3.0"), CisAws("4.0"), CisAws("5.0"), CisAws("6.0"), CisAws("7.0"),
        new Framework("CIS-AWS-Compute-1.0", "CIS AWS Compute Services Benchmark", "1.0", Cis, Transcribed),
        new Framework("PCI-DSS-3.2.1", "Payment Card Industry Data Security Standard", "3.2.1", Pci),
        new Framework("PCI-DSS-4.0", "Payment Card Industry Data Security Standard", "4.0", Pci),
        new Framework("NIST-800-53r4", "NIST Special Publication 800-53", "Revision 4", Nist),
        new Framework("NIST-800-53r5", "NIST Special Publication 800-53", "Revision 5", Nist),
        new Framework("NIST-800-171", "NIST Special Publication 800-171", "Revision 2", Nist),
        new Framework("NIST-CSF", "NIST Cybersecurity Framework", "1.1", Nist),
        new Framework("HIPAA", "HIPAA Security Rule, 45 CFR Part 164 Subpart C", "", "United States Department of Health and Human Services"),
        new Framework("SOC2", "SOC 2 Trust Services Criteria", "2017", "American Institute of Certified Public Accountants"),
        new Framework("ISO-27001-2013", "ISO/IEC 27001, Annex A", "2013", Iso),
        new Framework("ISO-27001-2022", "ISO/IEC 27001, Annex A", "2022", Iso),
        new Framework("FSBP", "AWS Foundational Security Best Practices (Security Hub)", "", Aws),
        new Framework("AWS-Well-Architected", "AWS Well-Architected Framework, Security Pillar", "", Aws),
        new Framework("GDPR", "General Data Protection Regulation (EU) 2016/679", "", "European Union"),
        new Framework("ENS", "Esquema Nacional de Seguridad, RD 311/2022", "2022", "Government of Spain"),
        new Framework("C5", "Cloud Computing Compliance Criteria Catalogue", "", "Bundesamt für Sicherheit in der Informationstechnik"),
        new Framework("APRA-CPS-234", "Prudential Standard CPS 234 Information Security", "2019", "Australian Prudential Regulation Authority", "No public mapping names paragraphs; what is mapped is ours."),
        new Framework("MITRE-ATT&CK", "MITRE ATT&CK, techniques", "", "The MITRE Corporation", "Techniques that a rule makes harder, not requirements."),
        new Framework("Trend-Conformity-label", "Labels of Trend Conformity's pages", "", "Trend Micro", "Labels without paragraphs: a tag on the vendor's page, no clause of a framework."));

    /// <summary>
    /// The framework of a name, in any letter case and with any hyphens, dots or spaces; the start of a name is enough when only one
    /// begins so. Null with a clause that says what is wrong.
    /// </summary>
    public static Framework? Find(string text, out string? problem)
    {
        problem = null;
        var wanted = Plain(text);
        var starts = new List<Framework>();
        foreach (var framework in All)
        {
            var name = Plain(framework.Name);
            if (name == wanted) return framework;
            if (wanted.Length >= 2 && name.StartsWith(wanted, StringComparison.Ordinal)) starts.Add(framework);
        }

        if (starts.Count == 1) return starts[0];
        problem = starts.Count > 1
            ? $"it may be {string.Join(", ", starts.Select(f => f.Name))}"
            : VersionsOf(wanted) is { Count: > 1 } versions
            ? $"there are {string.Join(", ", versions)}"
            : Diagnostics.NearestName.Find(text, All.Select(f => f.Name)) is { } nearest
                ? $"perhaps {nearest} is meant"
                : $"known are {string.Join(", ", All.Select(f => f.Name))}";
        return null;
    }

    // A version that there is not: any one of the others would be a guess.
    private static List<string> VersionsOf(string wanted)
    {
        var family = wanted.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('r', 'v');
        return family.Length < 3 || family.Length == wanted.Length ? [] : [.. All.Where(f => Plain(f.Name) is var name && name.Length > family.Length && name.StartsWith(family, StringComparison.Ordinal) && char.IsAsciiDigit(name.AsSpan(family.Length).TrimStart("rv")[0])).Select(f => f.Name)];
    }

    /// <summary>Is the rule mapped to some clause of the framework?</summary>
    public static bool Serves(this AuditRule rule, Framework framework) => rule.Controls.Any(c => c.Framework == framework.Name);

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static Framework CisAws(string version) =>
        new($"CIS-AWS-{version}", "CIS Amazon Web Services Foundations Benchmark", version, Cis, Transcribed);

    private static ImmutableArray<Framework> Sorted(params Framework[] frameworks) => [.. frameworks.OrderBy(f => f.Name, StringComparer.Ordinal)];
}
