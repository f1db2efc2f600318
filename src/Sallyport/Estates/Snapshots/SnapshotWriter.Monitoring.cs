using System.Collections.Immutable;

namespace Sallyport.Estates.Snapshots;

public sealed partial class SnapshotWriter
{
    private void Write(PublicAccessBlock value)
    {
        Place(value.Scope);
        Text("mode"u8, value.Mode);
    }

    private void Write(PublicAccessExclusion value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("resource"u8, value.Resource);
        Text("mode"u8, value.Mode);
        Text("state"u8, value.State);
    }

    private void Write(MetricFilter value)
    {
        Text("name"u8, value.Name);
        Place(value.Scope);
        Text("logGroup"u8, value.LogGroup);
        Text("pattern"u8, value.Pattern);
        Metrics(value.Metrics);
    }

    private void Write(MetricAlarm value)
    {
        Text("name"u8, value.Name);
        Place(value.Scope);
        Metrics(value.Metrics);
        Texts("combines"u8, value.Combines);
        if (value.HasActions) _json.WriteBoolean("hasActions"u8, value: true);
    }

    private void Write(EventRule value)
    {
        Text("name"u8, value.Name);
        Place(value.Scope);
        if (value.Bus != "default") _json.WriteString("bus"u8, value.Bus);
        Text("pattern"u8, value.Pattern);
        if (value.IsEnabled) _json.WriteBoolean("isEnabled"u8, value: true);
    }

    private void Write(Trail value)
    {
        Text("name"u8, value.Name);
        Place(value.Scope);
        if (value.IsMultiRegion) _json.WriteBoolean("isMultiRegion"u8, value: true);
        if (value.IsOrganization) _json.WriteBoolean("isOrganization"u8, value: true);
        Text("logGroup"u8, value.LogGroup);
    }

    private void Metrics(ImmutableArray<MetricName> metrics)
    {
        if (metrics.IsEmpty) return;
        _json.WriteStartArray("metrics"u8);
        foreach (var metric in metrics)
        {
            _json.WriteStartObject();
            Text("namespace"u8, metric.Namespace);
            Text("name"u8, metric.Name);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
