using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Networks;

/// <summary>SP-VPC-02: a flow log records too little to learn connections from it.</summary>
internal sealed class PoorFlowLogFormat : AuditRule
{
    private const string DefaultFields =
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

    public override string Code => "SP-VPC-02";

    public override string Title => "Flow log format cannot feed learning";

    public override RuleFamily Family => RuleFamily.Vpc;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.FlowLogFields, AuditParameters.FlowLogSeconds];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.FlowLogSettings];

    public override RuleGuide Guide => new(
        What: "An active flow log of a VPC, subnet or interface lacks a field of flowlog.fields (the default format does), or aggregates over more than flowlog.seconds.",
        Why: "Without direction, TCP flags and the packet's own source nobody can tell who opened a connection.",
        Fix: "Create a flow log with a custom format beside the old one, then delete the old one: formats cannot be changed.",
        Fires: "group web\nflowlog fl-1 vpc-a ALL \"${version} ${interface-id} ${srcaddr} ${dstaddr}\"",
        Quiet: "group web\nflowlog fl-1 vpc-a ALL \"${interface-id} ${srcaddr} ${dstaddr} ${flow-direction} ${tcp-flags} ${pkt-srcaddr}\"");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        context.DoubtMissing(this, GapKind.FlowLogs, "flow-log settings", sink);
        var wanted = context.Parameters.Get(AuditParameters.FlowLogFields);
        var longest = context.Parameters.Get(AuditParameters.FlowLogSeconds);
        foreach (var log in context.Estate.FlowLogs)
        {
            if (!FlowLogBook.IsActive(log) || log.Resource.StartsWith("tgw-", StringComparison.Ordinal)) continue;
            var fields = FieldsOf(log.Format);
            var problems = new List<string>();
            var missing = wanted.Where(f => !fields.Contains(f)).Distinct().Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0) problems.Add($"it does not record {string.Join(", ", missing)}");
            if (log.MaxAggregationSeconds > longest) problems.Add(string.Create(CultureInfo.InvariantCulture, $"it aggregates over {log.MaxAggregationSeconds} seconds"));
            if (problems.Count == 0) continue;
            sink.Report(this, new FindingResource("AWS::EC2::FlowLog", log.Id, string.Empty, log.Scope, VpcOf(context, log)), $"Connections cannot be learnt from the flow log of {log.Resource}: {string.Join(", and ", problems)}.");
        }
    }

    private static VpcId? VpcOf(AuditContext context, FlowLog log) => log.Resource.StartsWith("vpc-", StringComparison.Ordinal)
        ? new VpcId(log.Resource)
        : context.Estate.Index.Subnets.TryGetValue(new SubnetId(log.Resource), out var subnet) ? subnet.Vpc : null;

    private static HashSet<string> FieldsOf(string format)
    {
        if (format.Length == 0) return [.. DefaultFields.Split(' ')];
        var fields = new HashSet<string>(StringComparer.Ordinal);
        for (var at = format.IndexOf("${", StringComparison.Ordinal); at >= 0; at = format.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            var end = format.IndexOf('}', at);
            if (end < 0) break;
            fields.Add(format[(at + 2)..end]);
        }

        return fields;
    }
}
