using System.Collections.Immutable;
using Sallyport.Estates.Files;

namespace Sallyport.Estates.AwsCli;

internal sealed partial class ItemReader
{
    private static MonitoringPart? MonitoringPartOf(AwsCliKind kind) => kind switch
    {
        AwsCliKind.MetricFilter => MonitoringPart.MetricFilters,
        AwsCliKind.MetricAlarm => MonitoringPart.MetricAlarms,
        AwsCliKind.EventRule => MonitoringPart.EventRules,
        _ => null,
    };

    private void ReadPublicAccessBlock(JsonItem item) => into.Add(new PublicAccessBlock(
        ScopeNames.Of(file.Fallback, item.Text("AwsAccountId"u8), arn: null, item.Text("AwsRegion"u8)), item.Text("InternetGatewayBlockMode"u8) ?? string.Empty));

    private void ReadPublicAccessExclusion(JsonItem item)
    {
        if (item.Required("exclusion", "ExclusionId"u8) is not { } id) return;
        var arn = item.Text("ResourceArn"u8) ?? string.Empty;
        into.Add(new PublicAccessExclusion(id, ScopeNames.Of(file.Fallback, owner: null, arn), arn[(arn.LastIndexOf('/') + 1)..])
        {
            Mode = item.Text("InternetGatewayExclusionMode"u8) ?? string.Empty,
            State = item.Text("State"u8) ?? string.Empty,
        });
    }

    private void ReadMetricFilter(JsonItem item) => into.Add(new MetricFilter(item.Text("filterName"u8) ?? string.Empty, file.Fallback, item.Text("logGroupName"u8) ?? string.Empty)
    {
        Pattern = item.Text("filterPattern"u8) ?? string.Empty,
        Metrics = [.. item.Items("metricTransformations"u8).Select(t => new MetricName(t.Text("metricNamespace"u8) ?? string.Empty, t.Text("metricName"u8) ?? string.Empty))],
    });

    private void ReadMetricAlarm(JsonItem item) => into.Add(new MetricAlarm(item.Text("AlarmName"u8) ?? string.Empty, ScopeNames.Of(file.Fallback, owner: null, item.Text("AlarmArn"u8)))
    {
        Metrics = MetricsOf(item),
        Combines = AlarmsOf(item.Text("AlarmRule"u8)),
        HasActions = (item.Flag("ActionsEnabled"u8) ?? true) && item.Texts("AlarmActions"u8).Count > 0,
    });

    private static ImmutableArray<MetricName> MetricsOf(JsonItem alarm)
    {
        var metrics = new List<MetricName>();
        if (alarm.Text("MetricName"u8) is { Length: > 0 } name) metrics.Add(new MetricName(alarm.Text("Namespace"u8) ?? string.Empty, name));
        foreach (var query in alarm.Items("Metrics"u8))
        {
            if (query.Object("MetricStat"u8)?.Object("Metric"u8) is { } metric && metric.Text("MetricName"u8) is { Length: > 0 } watched)
            {
                metrics.Add(new MetricName(metric.Text("Namespace"u8) ?? string.Empty, watched));
            }
        }

        return [.. metrics.Distinct().OrderBy(m => m.ToString(), StringComparer.Ordinal)];
    }

    // ALARM("name"), ALARM(name) and ALARM(arn:…:alarm:name), put together with AND, OR and NOT.
    private static ImmutableArray<string> AlarmsOf(string? rule)
    {
        const string Call = "ALARM(";
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var at = rule?.IndexOf(Call, StringComparison.Ordinal) ?? -1; at >= 0; at = rule!.IndexOf(Call, at + 1, StringComparison.Ordinal))
        {
            var end = rule!.IndexOf(')', at);
            if (end < 0) break;
            var name = rule[(at + Call.Length)..end].Trim().Trim('"');
            names.Add(name.StartsWith("arn:", StringComparison.Ordinal) && name.Split(':', 7) is [.., var last] ? last : name);
        }

        return [.. names];
    }

    private void ReadEventRule(JsonItem item) => into.Add(new EventRule(item.Text("Name"u8) ?? string.Empty, ScopeNames.Of(file.Fallback, owner: null, item.Text("Arn"u8)))
    {
        Bus = item.Text("EventBusName"u8) is { Length: > 0 } bus ? bus[(bus.LastIndexOf('/') + 1)..] : "default",
        Pattern = item.Text("EventPattern"u8) ?? string.Empty,
        IsEnabled = item.Text("State"u8) is null or "ENABLED" or "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    });

    private void ReadTrail(JsonItem item)
    {
        // arn:aws:logs:eu-west-1:111122223333:log-group:NAME:*
        var group = item.Text("CloudWatchLogsLogGroupArn"u8)?.Split(':') is [_, _, _, _, _, "log-group", var name, ..] ? name : string.Empty;
        into.Add(new Trail(item.Text("Name"u8) ?? string.Empty, ScopeNames.Of(file.Fallback, owner: null, item.Text("TrailARN"u8), item.Text("HomeRegion"u8)))
        {
            IsMultiRegion = item.Flag("IsMultiRegionTrail"u8) ?? false,
            IsOrganization = item.Flag("IsOrganizationTrail"u8) ?? false,
            LogGroup = group,
        });
    }
}
