using System.Collections.Immutable;

namespace Sallyport.Auditing.Compliance;

public static partial class ControlBundles
{
    /// <summary>Network ACLs open to the world.</summary>
    public static ImmutableArray<Control> NetworkAcls { get; } = Sorted(
        Of("CIS-AWS-1.4", Prowler, "5.1"),
        Of("CIS-AWS-2.0", Prowler, "5.1"),
        Of("CIS-AWS-3.0", Prowler, "5.1"),
        Of("CIS-AWS-4.0", Prowler, "5.2"),
        Of("CIS-AWS-5.0", Prowler, "5.2"),
        Of("CIS-AWS-6.0", Prowler, "6.2"),
        Of("CIS-AWS-7.0", Prowler, "6.2"),
        Of("FSBP", SecurityHub, "EC2.21"),
        Of("NIST-800-53r5", SecurityHub, "AC-4(21)", "CA-9(1)", "CM-2", "CM-2(2)", "CM-7", "SC-7", "SC-7(5)", "SC-7(21)"),
        Of("PCI-DSS-3.2.1", SecurityHub, "1.2.1.a", "1.2.1.b", "1.2.1.c", "1.2.3.b", "1.3.2"),
        Of("PCI-DSS-4.0", Steampipe, "1.2.8", "1.3.1", "1.3.2", "1.4.2", "1.5.1", "A1.1.3"),
        Of("ISO-27001-2022", Prowler, "A.8.20", "A.8.21", "A.8.22"),
        Of("AWS-Well-Architected", Prowler, "SEC05-BP02", "SEC05-BP03"));

    /// <summary>Network ACLs that no subnet uses.</summary>
    public static ImmutableArray<Control> UnusedNetworkAcls { get; } = Sorted(
        Of("NIST-800-53r5", SecurityHub, "CM-8(1)"),
        Of("FSBP", SecurityHub, "EC2.16"),
        Of("PCI-DSS-4.0", Steampipe, "1.2.8", "1.3.1"));

    /// <summary>Flow logs.</summary>
    public static ImmutableArray<Control> FlowLogs { get; } = Sorted(
        Of("CIS-AWS-1.2", Scout, "2.9"),
        Of("CIS-AWS-1.4", Prowler, "3.9"),
        Of("CIS-AWS-2.0", Prowler, "3.9"),
        Of("CIS-AWS-3.0", Prowler, "3.7"),
        Of("CIS-AWS-4.0", Prowler, "3.7"),
        Of("CIS-AWS-5.0", Prowler, "3.7"),
        Of("CIS-AWS-6.0", Prowler, "4.7"),
        Of("CIS-AWS-7.0", Prowler, "4.7"),
        Of("FSBP", SecurityHub, "EC2.6"),
        Of("PCI-DSS-3.2.1", SecurityHub, "10.3.3", "10.3.4", "10.3.5", "10.3.6"),
        Of("PCI-DSS-4.0", Steampipe, "10.2.1.1", "10.2.1.2", "10.2.1.3", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7", "10.2.2", "10.3.1", "10.6.3", "A1.2.1"),
        Of("NIST-800-53r5", SecurityHub, "AC-4(26)", "AU-2", "AU-3", "AU-6(3)", "AU-6(4)", "AU-12", "CA-7", "SI-7(8)"),
        Of("HIPAA", Steampipe, "164.308(a)(1)(ii)(D)", "164.308(a)(3)(ii)(A)", "164.308(a)(6)(ii)", "164.312(b)", "164.312(c)(2)"),
        Of("SOC2", Steampipe, "CC6.6", "CC7.2", "CC7.3"),
        Of("GDPR", Prowler, "25", "30"),
        Of("AWS-Well-Architected", Prowler, "SEC04-BP01", "SEC04-BP02", "SEC04-BP03", "SEC05-BP04"));

    /// <summary>Routes of peerings.</summary>
    public static ImmutableArray<Control> Peerings { get; } = Sorted(
        Of("CIS-AWS-1.2", Scout, "4.4"),
        Of("CIS-AWS-1.4", Prowler, "5.4"),
        Of("CIS-AWS-2.0", Prowler, "5.5"),
        Of("CIS-AWS-3.0", Prowler, "5.5"),
        Of("CIS-AWS-4.0", Prowler, "5.6"),
        Of("CIS-AWS-5.0", Prowler, "5.6"),
        Of("CIS-AWS-6.0", Prowler, "6.6"),
        Of("CIS-AWS-7.0", Prowler, "6.6"));

    /// <summary>Alarms on changes of security groups.</summary>
    public static ImmutableArray<Control> GroupChanges { get; } = Changes("4.10", "5.10");

    /// <summary>Alarms on changes of network ACLs and VPCs.</summary>
    public static ImmutableArray<Control> NetworkChanges { get; } = Sorted([.. Changes("4.11", "5.11")], [.. Changes("4.14", "5.14")]);

    /// <summary>VPC endpoints.</summary>
    public static ImmutableArray<Control> Endpoints { get; } = Sorted(Of("CIS-AWS-7.0", Prowler, "6.8"));

    private static ImmutableArray<Control> Changes(string upTo5, string from6) => Sorted(
        Of("CIS-AWS-1.4", Prowler, upTo5),
        Of("CIS-AWS-2.0", Prowler, upTo5),
        Of("CIS-AWS-3.0", Prowler, upTo5),
        Of("CIS-AWS-4.0", Prowler, upTo5),
        Of("CIS-AWS-5.0", Prowler, upTo5),
        Of("CIS-AWS-6.0", Prowler, from6),
        Of("CIS-AWS-7.0", Prowler, from6));
}
