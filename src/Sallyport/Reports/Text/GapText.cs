using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Reports.Text;

/// <summary>
/// What was not read, as far as it matters: gaps that blind no rule of the run are counted only. Failed reads are always told. Below stands what
/// would fill the gaps.
/// </summary>
internal static class GapText
{
    /// <summary>Writes the section; nothing when nothing is missing.</summary>
    public static void Write(AuditReport report, ReportOptions options, StreamWriter writer)
    {
        if (report.Gaps.IsEmpty) return;
        var listed = report.Gaps.Where(g => g.IsReadFailure || report.Rules.IsEmpty || report.Rules.Any(r => r.Needs.Any(n => n.IsLeftUnmetBy(g.What)))).ToList();
        writer.WriteLine();
        writer.WriteLine(TextColour.Bold("NOT READ", options.UseColour));
        var table = new TextTable("", "", "");
        foreach (var gap in listed) table.Add(gap.What.ToString(), gap.Where.Length == 0 ? "everywhere" : gap.Where, gap.Why);
        table.Write(writer, indent: 2);
        if (report.Gaps.Length - listed.Count is > 0 and var others)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {others:N0}{(listed.Count > 0 ? " more" : string.Empty)} {(others == 1 ? "thing" : "things")} that no rule of this run needs; -o json lists {(others == 1 ? "it" : "them")}"));
        }

        var kinds = KindsToRead(listed);
        var calls = kinds.Select(CallOf).OfType<string>().Distinct().ToList();
        if (calls.Count > 0) writer.WriteLine($"  To have them read, audit live or what `sallyport snapshot live` writes, or add the answers of these calls to the sources: aws ec2 {string.Join(", ", calls)}");
        if (kinds.Contains(GapKind.Monitoring)) writer.WriteLine("  Alarms are read from files alone: add the answers of aws logs describe-metric-filters, aws cloudwatch describe-alarms and aws events list-rules to the sources");
    }

    // Of one thing that code does not tell there is nothing to read; a list is asked for by its id.
    private static List<GapKind> KindsToRead(IEnumerable<EstateGap> gaps) =>
        [.. gaps.Where(g => !g.IsReadFailure && (g.Where.Length == 0 || g.What == GapKind.PrefixLists || EstateBuilder.KindsByScope.Contains(g.What))).Select(g => g.What)];

    private static string? CallOf(GapKind kind) => kind switch
    {
        GapKind.RuleIds => "describe-security-group-rules",
        GapKind.NetworkInterfaces => "describe-network-interfaces",
        GapKind.Vpcs => "describe-vpcs",
        GapKind.Subnets => "describe-subnets",
        GapKind.RouteTables => "describe-route-tables",
        GapKind.NetworkAcls => "describe-network-acls",
        GapKind.PrefixLists => "get-managed-prefix-list-entries",
        GapKind.Peerings => "describe-vpc-peering-connections",
        GapKind.VpcEndpoints => "describe-vpc-endpoints",
        GapKind.Gateways => "describe-internet-gateways",
        GapKind.TransitGateways => "describe-transit-gateway-attachments",
        GapKind.Instances => "describe-instances",
        GapKind.FlowLogs => "describe-flow-logs",
        GapKind.VpcAssociations => "describe-security-group-vpc-associations",
        GapKind.PublicAccessBlocks => "describe-vpc-block-public-access-options",
        _ => null,
    };
}
