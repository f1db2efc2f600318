using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Tests.Auditing;

/// <summary>Audits an estate written as text and says what one rule made of it.</summary>
internal static class Audit
{
    public static AuditReport Of(string estate, AuditOptions? options = null) => Auditor.Audit(EstateText.Read(estate), options ?? EstateText.Options(estate));

    public static AuditReport Of(Estate estate, AuditOptions? options = null) => Auditor.Audit(estate, options ?? AuditOptions.Default);

    /// <summary>Findings of one rule.</summary>
    public static IReadOnlyList<Finding> Findings(string rule, string estate, AuditOptions? options = null) =>
        [.. Of(estate, options).Findings.Where(f => f.Rule == rule)];

    /// <summary>The rule says neither fail nor unknown: a pass.</summary>
    public static void Quiet(string rule, string estate, AuditOptions? options = null)
    {
        var report = Of(estate, options);
        Assert.DoesNotContain(report.Findings, f => f.Rule == rule);
        Assert.DoesNotContain(report.Unknown, u => u.Rule == rule);
    }

    /// <summary>The rule says unknown and does not fail.</summary>
    public static string Unknown(string rule, string estate, AuditOptions? options = null)
    {
        var report = Of(estate, options);
        Assert.DoesNotContain(report.Findings, f => f.Rule == rule);
        return Assert.Single(report.Unknown, u => u.Rule == rule).Gap;
    }

    /// <summary>The rule fails exactly once, on these atoms.</summary>
    public static Finding Fires(string rule, string estate, params string[] evidence)
    {
        var finding = Assert.Single(Findings(rule, estate));
        if (evidence.Length > 0) Assert.Equal(evidence.Order(StringComparer.Ordinal), finding.Evidence.Select(e => e.Key.ToString()).Order(StringComparer.Ordinal));
        return finding;
    }

    /// <summary>Rules that object to the estate, by code, each once.</summary>
    public static IReadOnlyList<string> Codes(string estate) => [.. Of(estate).Findings.Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal)];
}
