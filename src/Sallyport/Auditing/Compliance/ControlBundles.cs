using System.Collections.Immutable;

namespace Sallyport.Auditing.Compliance;

/// <summary>
/// Which clauses the rules serve, as bundles that several rules share. Each line names its source: AWS Security Hub's
/// published mappings (EC2 controls, 2023), Prowler's and Steampipe's public mapping files, Trend Conformity's labels, or ours.
/// Clause texts are not reproduced. A clause with several sources names the first.
/// </summary>
public static partial class ControlBundles
{
    private const string SecurityHub = "AWS Security Hub";
    private const string Prowler = "Prowler";
    private const string Steampipe = "Steampipe";
    private const string Scout = "ScoutSuite";
    private const string Conformity = "Trend Conformity";

    /// <summary>The source of mappings that nobody else publishes.</summary>
    internal const string Ours = "Sallyport";

    /// <summary>Administration ports.</summary>
    public static ImmutableArray<Control> AdministrationPorts { get; } = Sorted(
        Of("CIS-AWS-1.2", Scout, "4.1", "4.2"),
        Of("CIS-AWS-1.4", Prowler, "5.2"),
        Of("CIS-AWS-2.0", Prowler, "5.2", "5.3"),
        Of("CIS-AWS-3.0", Prowler, "5.2", "5.3"),
        Of("CIS-AWS-4.0", Prowler, "5.3", "5.4"),
        Of("CIS-AWS-5.0", Prowler, "5.3", "5.4"),
        Of("CIS-AWS-6.0", Prowler, "6.3", "6.4"),
        Of("CIS-AWS-7.0", Prowler, "6.3", "6.4"),
        Of("PCI-DSS-3.2.1", SecurityHub, "1.2.1", "1.3.1", "2.2.2"),
        Of("PCI-DSS-4.0", Prowler, "1.2.8", "1.3.1", "1.3.2", "1.4.2", "1.5.1", "A1.1.3"),
        Of("PCI-DSS-4.0", Steampipe, "7.2.1", "7.3.1", "11.3.1.1", "11.3.1.3", "11.5.1.1", "11.5.2"),
        Of("NIST-800-53r5", SecurityHub, "AC-4", "AC-4(21)", "CM-7", "SC-7", "SC-7(4)", "SC-7(5)", "SC-7(11)", "SC-7(16)", "SC-7(21)"),
        Of("NIST-800-53r5", Prowler, "AC-17(b)", "AC-17(1)", "AC-17(9)", "AC-17(10)", "CM-9(b)", "SC-7(7)", "SC-7(12)", "SC-7(24)", "SC-7(25)", "SC-7(26)", "SC-7(27)", "SC-7(28)"),
        Of("HIPAA", Prowler, "164.308(a)(1)(ii)(B)", "164.312(e)(1)"),
        Of("ISO-27001-2022", Prowler, "A.8.20", "A.8.21", "A.8.22"),
        Of("ISO-27001-2013", Prowler, "A.12.6", "A.13.1"),
        Of("SOC2", Steampipe, "CC6.1", "CC6.2", "CC6.6", "CC7.2"),
        Of("FSBP", Prowler, "EC2.13", "EC2.14"),
        Of("AWS-Well-Architected", Prowler, "SEC05-BP03"),
        Of("NIST-CSF", Steampipe, "PR.AC-3", "PR.AC-5", "PR.PT-4", "DE.AE-1"),
        Of("NIST-800-171", Steampipe, "3.1.1", "3.1.2", "3.1.3", "3.1.14", "3.1.20", "3.4.7", "3.13.1", "3.13.2", "3.13.5", "3.13.6"),
        Of("MITRE-ATT&CK", Prowler, "T1199", "T1048", "T1046", "T1498", "T1499"));

    /// <summary>Ingress from the world on any or all ports.</summary>
    public static ImmutableArray<Control> OpenIngress { get; } = Sorted(
        Of("PCI-DSS-3.2.1", Steampipe, "1.1.4.c", "1.2.1.a", "1.2.1.b", "1.2.1.c", "1.2.3.b", "1.3.2", "1.3.5"),
        Of("PCI-DSS-4.0", Steampipe, "1.2.5", "1.2.8", "1.3.1", "1.3.2", "1.4.2", "1.5.1", "2.2.5", "7.2.1", "A1.1.3"),
        Of("NIST-800-53r5", SecurityHub, "AC-4", "AC-4(21)", "SC-7", "SC-7(4)", "SC-7(5)", "SC-7(11)", "SC-7(16)", "SC-7(21)"),
        Of("HIPAA", Steampipe, "164.308(a)(1)(ii)(B)", "164.312(e)(1)"),
        Of("SOC2", Steampipe, "CC6.1", "CC6.2", "CC6.6"),
        Of("ISO-27001-2022", Prowler, "A.8.20", "A.8.21", "A.8.22"),
        Of("AWS-Well-Architected", Prowler, "SEC05-BP03"),
        Of("FSBP", Steampipe, "EC2.18"));

    /// <summary>The default group.</summary>
    public static ImmutableArray<Control> DefaultGroup { get; } = Sorted(
        Of("CIS-AWS-1.2", Scout, "4.3"),
        Of("CIS-AWS-1.4", Prowler, "5.3"),
        Of("CIS-AWS-2.0", Prowler, "5.4"),
        Of("CIS-AWS-3.0", Prowler, "5.4"),
        Of("CIS-AWS-4.0", Prowler, "5.5"),
        Of("CIS-AWS-5.0", Prowler, "5.5"),
        Of("CIS-AWS-6.0", Prowler, "6.5"),
        Of("CIS-AWS-7.0", Prowler, "6.5"),
        Of("CIS-AWS-Compute-1.0", Steampipe, "2.7"),
        Of("PCI-DSS-3.2.1", SecurityHub, "1.2.1", "1.3.4", "2.1"),
        Of("PCI-DSS-4.0", Steampipe, "7.2.1"),
        Of("NIST-800-53r5", SecurityHub, "AC-4", "AC-4(21)", "SC-7", "SC-7(4)", "SC-7(5)", "SC-7(11)", "SC-7(16)", "SC-7(21)"),
        Of("HIPAA", Steampipe, "164.312(e)(1)"),
        Of("SOC2", Steampipe, "CC6.1", "CC6.2", "CC6.6"),
        Of("ISO-27001-2022", Prowler, "A.8.20", "A.8.21", "A.8.22"),
        Of("FSBP", SecurityHub, "EC2.2"),
        Of("AWS-Well-Architected", Prowler, "SEC05-BP03"));

    /// <summary>Egress. No framework's public mapping has a clause for it but Conformity's labels; the paragraphs are our proposal.</summary>
    public static ImmutableArray<Control> Egress { get; } = Sorted(
        Of("PCI-DSS-4.0", Ours, "1.3.2"),
        Of("NIST-800-53r5", Ours, "SC-7(5)"),
        Of("AWS-Well-Architected", Ours, "SEC05-BP02"));

    /// <summary>Unused groups.</summary>
    public static ImmutableArray<Control> Unused { get; } = Sorted(
        Of("NIST-800-53r5", SecurityHub, "CM-8(1)"),
        Of("SOC2", Steampipe, "CC6.1", "CC6.2"),
        Of("NIST-800-171", Steampipe, "3.4.1", "3.4.2"),
        Of("ISO-27001-2022", Prowler, "A.8.20", "A.8.21", "A.8.22"),
        Of("AWS-Well-Architected", Prowler, "SEC05-BP03"));

    /// <summary>Ranges where single ports would do: labels only, no paragraphs.</summary>
    public static ImmutableArray<Control> Ranges { get; } = Labels("PCI", "HIPAA", "APRA", "MAS", "NIST4");

    /// <summary>Whole private blocks: a label only.</summary>
    public static ImmutableArray<Control> PrivateBlocks { get; } = Labels("NIST4");

    /// <summary>Both of two bundles, each clause once.</summary>
    public static ImmutableArray<Control> Both(ImmutableArray<Control> a, ImmutableArray<Control> b) => Sorted([.. a], [.. b]);

    // A label is a tag on the vendor's page without a paragraph: its framework is the vendor, so nobody takes it for a clause.
    private static ImmutableArray<Control> Labels(params string[] labels) => Sorted(Of("Trend-Conformity-label", Conformity, labels));

    private static Control[] Of(string framework, string source, params string[] ids) => [.. ids.Select(id => new Control(framework, id, source))];

    private static ImmutableArray<Control> Sorted(params Control[][] parts) =>
        [.. parts.SelectMany(p => p).DistinctBy(c => (c.Framework, c.Id))
            .OrderBy(c => c.Framework, StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal)];
}
