using System.Collections.Immutable;

namespace Sallyport.Auditing.Compliance;

/// <summary>Bundles of the exposure rules.</summary>
public static partial class ControlBundles
{
    /// <summary>Well-known service ports open to the world.</summary>
    public static ImmutableArray<Control> RiskyPorts { get; } = Sorted(
        Of("FSBP", SecurityHub, "EC2.19"),
        Of("NIST-800-53r5", SecurityHub, "AC-4", "AC-4(21)", "CA-9(1)", "CM-2", "CM-2(2)", "CM-7", "SC-7", "SC-7(4)", "SC-7(5)", "SC-7(11)", "SC-7(16)", "SC-7(21)"),
        Of("PCI-DSS-4.0", Steampipe, "1.2.5", "1.2.8", "1.3.1", "1.3.2", "1.4.2", "1.5.1", "2.2.5", "A1.1.3"),
        Of("HIPAA", Steampipe, "164.308(a)(1)(ii)(B)", "164.308(a)(3)(i)", "164.308(a)(3)(ii)(B)", "164.308(a)(4)(i)", "164.308(a)(4)(ii)(B)", "164.308(a)(4)(ii)(C)", "164.312(a)(1)", "164.312(e)(1)"),
        Of("SOC2", Steampipe, "CC6.1", "CC6.2", "CC6.6"),
        Of("ISO-27001-2022", Prowler, "A.8.20", "A.8.21", "A.8.22"),
        Of("AWS-Well-Architected", Prowler, "SEC05-BP03"));

    /// <summary>SMB and CIFS, for which CIS has a section of its own.</summary>
    public static ImmutableArray<Control> FileSharing { get; } = Both(RiskyPorts, Sorted(
        Of("CIS-AWS-4.0", Prowler, "5.1.2"),
        Of("CIS-AWS-5.0", Prowler, "5.1.2"),
        Of("CIS-AWS-6.0", Prowler, "6.1.2"),
        Of("CIS-AWS-7.0", Prowler, "6.1.2")));

    /// <summary>Wide public blocks.</summary>
    public static ImmutableArray<Control> WideBlocks { get; } = Sorted(
        Of("ISO-27001-2022", Prowler, "A.8.1", "A.8.20", "A.8.21", "A.8.22"),
        Of("SOC2", Prowler, "CC6.6"),
        Of("AWS-Well-Architected", Prowler, "SEC03-BP07"));

    /// <summary>Network security clauses alone: single public addresses, wide egress.</summary>
    public static ImmutableArray<Control> NetworkSecurity { get; } = Sorted(
        Of("ISO-27001-2022", Prowler, "A.8.20", "A.8.21", "A.8.22"));
}
