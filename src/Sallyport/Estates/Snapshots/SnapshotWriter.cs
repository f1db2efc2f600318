using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Packets;

namespace Sallyport.Estates.Snapshots;

/// <summary>
/// Writes an estate as a snapshot: sorted, UTF-8, one thing a line and one rule a line, so that two snapshots compare well line by line.
/// Equal estates give equal bytes; files and lines of a source are not part of it. Absent fields are empty or default.
/// </summary>
public sealed partial class SnapshotWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;

    private SnapshotWriter(Stream stream)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>Writes the snapshot as it goes; compress by passing a gzip stream.</summary>
    public static void Write(Estate estate, Stream stream)
    {
        using var writer = new SnapshotWriter(stream);
        writer.WriteAll(estate);
        writer.Drain(0);
    }

    /// <summary>Gives the writer's buffers back; the stream stays open.</summary>
    void IDisposable.Dispose() => _json.Dispose();

    private void WriteAll(Estate estate)
    {
        Raw("{\"schemaVersion\":1,\"kind\":\"sallyport-snapshot\""u8);
        Section("scopes"u8, estate.Scopes, WriteScopeItem);
        Groups(estate.SecurityGroups);
        Section("networkInterfaces"u8, estate.NetworkInterfaces, Write);
        Section("vpcs"u8, estate.Vpcs, Write);
        Section("subnets"u8, estate.Subnets, Write);
        Section("routeTables"u8, estate.RouteTables, Write);
        Section("networkAcls"u8, estate.NetworkAcls, Write);
        Section("prefixLists"u8, estate.PrefixLists, Write);
        Section("peerings"u8, estate.Peerings, Write);
        Section("vpcEndpoints"u8, estate.VpcEndpoints, Write);
        Section("gateways"u8, estate.Gateways, Write);
        Section("transitGatewayAttachments"u8, estate.TransitGatewayAttachments, Write);
        Section("transitGatewayRouteTables"u8, estate.TransitGatewayRouteTables, Write);
        Section("vpcAssociations"u8, estate.VpcAssociations, Write);
        Section("instances"u8, estate.Instances, Write);
        Section("flowLogs"u8, estate.FlowLogs, Write);
        Section("publicAccessBlocks"u8, estate.PublicAccessBlocks, Write);
        Section("publicAccessExclusions"u8, estate.PublicAccessExclusions, Write);
        Section("metricFilters"u8, estate.MetricFilters, Write);
        Section("metricAlarms"u8, estate.MetricAlarms, Write);
        Section("eventRules"u8, estate.EventRules, Write);
        Section("trails"u8, estate.Trails, Write);
        Section("gaps"u8, estate.Gaps, Write);
        Raw("\n}\n"u8);
    }

    private void Section<T>(ReadOnlySpan<byte> name, ImmutableArray<T> items, Action<T> write)
    {
        Open(name);
        for (var i = 0; i < items.Length; i++)
        {
            Raw(i == 0 ? "\n"u8 : ",\n"u8);
            _json.WriteStartObject();
            write(items[i]);
            _json.WriteEndObject();
            EndItem();
        }

        Raw(items.IsEmpty ? "]"u8 : "\n]"u8);
    }

    private void Groups(ImmutableArray<SecurityGroup> groups)
    {
        Open("securityGroups"u8);
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            Raw(i == 0 ? "\n"u8 : ",\n"u8);
            _json.WriteStartObject();
            Text("id"u8, group.Id.Value);
            Place(group.Scope);
            Text("name"u8, group.Name);
            Text("unknownName"u8, group.UnknownName);
            Text("description"u8, group.Description);
            Text("unknownDescription"u8, group.UnknownDescription);
            Text("vpc"u8, group.Vpc?.Value);
            WriteTags(group.Tags);
            if (!group.Malformed.IsEmpty)
            {
                _json.WriteStartArray("malformed"u8);
                foreach (var malformed in group.Malformed)
                {
                    _json.WriteStartObject();
                    _json.WriteString("direction"u8, Word(malformed.Direction));
                    _json.WriteString("problem"u8, malformed.Problem);
                    _json.WriteEndObject();
                }

                _json.WriteEndArray();
            }

            // The object is left open for its rules, which get a line each.
            EndItem();
            Raw(",\"rules\":["u8);
            for (var r = 0; r < group.Rules.Length; r++)
            {
                Raw(r == 0 ? "\n"u8 : ",\n"u8);
                _json.WriteStartObject();
                Write(group.Rules[r]);
                _json.WriteEndObject();
                EndItem();
            }

            Raw(group.Rules.IsEmpty ? "]}"u8 : "\n]}"u8);
        }

        Raw(groups.IsEmpty ? "]"u8 : "\n]"u8);
    }

    private void Write(SecurityGroupRule rule)
    {
        _json.WriteString("direction"u8, Word(rule.Direction));
        _json.WriteString("service"u8, rule.Service.ToString());
        switch (rule.Peer)
        {
            case CidrPeer block:
                _json.WriteString("cidr"u8, block.Cidr.ToString());
                break;
            case PrefixListPeer list:
                _json.WriteString("prefixList"u8, list.PrefixList.Value);
                break;
            case GroupPeer group:
                _json.WriteString("group"u8, group.Group.Value);
                Text("groupAccount"u8, group.Account);
                Text("groupVpc"u8, group.Vpc?.Value);
                Text("groupPeering"u8, group.Peering?.Value);
                Text("groupPeeringStatus"u8, group.PeeringStatus);
                break;
        }

        Text("description"u8, rule.Description);
        Text("unknownDescription"u8, rule.UnknownDescription);
        Text("slip"u8, rule.Slip);
        Text("id"u8, rule.Id?.Value);
        if (rule.Tags is { } tags) WriteTags(tags, evenIfEmpty: true);
    }

    private void WriteScopeItem(Scope scope) => Place(scope);

    private void Write(NetworkInterface value)
    {
        Text("id"u8, value.Id.Value);
        Place(value.Scope);
        Text("vpc"u8, value.Vpc?.Value);
        Text("subnet"u8, value.Subnet?.Value);
        Texts("groups"u8, value.Groups);
        Texts("addresses"u8, value.Addresses);
        Texts("prefixes"u8, value.Prefixes);
        if (!value.PublicAddresses.IsEmpty)
        {
            _json.WriteStartArray("publicAddresses"u8);
            foreach (var (inside, outside) in value.PublicAddresses)
            {
                _json.WriteStartObject();
                _json.WriteString("private"u8, inside.ToString());
                _json.WriteString("public"u8, outside.ToString());
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        if (value.InterfaceType != "interface") _json.WriteString("interfaceType"u8, value.InterfaceType);
        Text("status"u8, value.Status);
        Text("description"u8, value.Description);
        if (value.RequesterManaged) _json.WriteBoolean("requesterManaged"u8, value: true);
        Text("requesterId"u8, value.RequesterId);
        Text("instance"u8, value.Instance);
        if (!value.SourceDestCheck) _json.WriteBoolean("sourceDestCheck"u8, value: false);
        WriteTags(value.Tags);
    }

    private void Write(Vpc value)
    {
        Text("id"u8, value.Id.Value);
        Place(value.Scope);
        Texts("cidrs"u8, value.Cidrs);
        if (value.IsDefault) _json.WriteBoolean("isDefault"u8, value: true);
        WriteTags(value.Tags);
    }

    private void Write(Subnet value)
    {
        Text("id"u8, value.Id.Value);
        Place(value.Scope);
        Text("vpc"u8, value.Vpc.Value);
        Texts("cidrs"u8, value.Cidrs);
        Text("availabilityZone"u8, value.AvailabilityZone);
        if (value.MapPublicIpOnLaunch) _json.WriteBoolean("mapPublicIpOnLaunch"u8, value: true);
        WriteTags(value.Tags);
    }

    private void Write(RouteTable value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("vpc"u8, value.Vpc.Value);
        if (value.IsMain) _json.WriteBoolean("isMain"u8, value: true);
        Texts("subnets"u8, value.Subnets);
        Texts("gateways"u8, value.Gateways);
        Routes(value.Routes);
        WriteTags(value.Tags);
    }

    private void Write(NetworkAcl value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("vpc"u8, value.Vpc.Value);
        if (value.IsDefault) _json.WriteBoolean("isDefault"u8, value: true);
        Texts("subnets"u8, value.Subnets);
        if (!value.Entries.IsEmpty)
        {
            _json.WriteStartArray("entries"u8);
            foreach (var entry in value.Entries)
            {
                _json.WriteStartObject();
                _json.WriteString("direction"u8, Word(entry.Direction));
                _json.WriteNumber("number"u8, entry.Number);
                _json.WriteString("action"u8, entry.Allows ? "allow"u8 : "deny"u8);
                _json.WriteString("service"u8, entry.Service.ToString());
                _json.WriteString("cidr"u8, entry.Cidr.ToString());
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        WriteTags(value.Tags);
    }

    private void Write(PrefixList value)
    {
        Text("id"u8, value.Id.Value);
        Place(value.Scope);
        Text("name"u8, value.Name);
        Text("owner"u8, value.Owner);
        if (value.Family == IpFamily.V6) _json.WriteString("family"u8, "ipv6"u8);
        if (value.MaxEntries is { } max) _json.WriteNumber("maxEntries"u8, max);
        if (value.Version is { } version) _json.WriteNumber("version"u8, version);
        if (value.Entries is { } entries)
        {
            _json.WriteStartArray("entries"u8);
            foreach (var entry in entries)
            {
                _json.WriteStartObject();
                _json.WriteString("cidr"u8, entry.Cidr.ToString());
                Text("description"u8, entry.Description);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        WriteTags(value.Tags);
    }

    private void Write(Peering value)
    {
        Text("id"u8, value.Id.Value);
        Text("status"u8, value.Status);
        End("requester"u8, value.Requester);
        End("accepter"u8, value.Accepter);
        WriteTags(value.Tags);
    }

    private void Write(VpcEndpoint value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("vpc"u8, value.Vpc.Value);
        Text("type"u8, value.Kind);
        Text("service"u8, value.Service);
        Text("state"u8, value.State);
        Texts("groups"u8, value.Groups);
        Texts("interfaces"u8, value.Interfaces);
        Texts("routeTables"u8, value.RouteTables);
        WriteTags(value.Tags);
    }

    private void Write(Gateway value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        _json.WriteString("type"u8, value.Kind switch
        {
            GatewayKind.Internet => "internet",
            GatewayKind.EgressOnlyInternet => "egress-only-internet",
            GatewayKind.Nat => "nat",
            GatewayKind.Vpn => "vpn",
            _ => "transit",
        });
        Texts("vpcs"u8, value.Vpcs);
        Text("subnet"u8, value.Subnet?.Value);
        Text("state"u8, value.State);
        Texts("addresses"u8, value.Addresses);
        Texts("publicAddresses"u8, value.PublicAddresses);
        WriteTags(value.Tags);
    }

    private void Write(TransitGatewayAttachment value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("transitGateway"u8, value.TransitGateway);
        Text("vpc"u8, value.Vpc.Value);
        Text("vpcOwner"u8, value.VpcOwner);
        Text("state"u8, value.State);
        Texts("subnets"u8, value.Subnets);
        if (value.SecurityGroupReferencing is { } referencing) _json.WriteBoolean("securityGroupReferencing"u8, referencing);
        WriteTags(value.Tags);
    }

    private void Write(TransitGatewayRouteTable value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("transitGateway"u8, value.TransitGateway);
        if (value.Associations is { } associations) Texts("associations"u8, associations, evenIfEmpty: true);
        if (value.Routes is { } routes) Routes(routes, evenIfEmpty: true);
    }

    private void Write(VpcAssociation value)
    {
        Text("group"u8, value.Group.Value);
        Text("vpc"u8, value.Vpc.Value);
        Text("state"u8, value.State);
    }

    private void Write(Instance value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("state"u8, value.State);
        Text("vpc"u8, value.Vpc?.Value);
        Texts("groups"u8, value.Groups);
        WriteTags(value.Tags);
    }

    private void Write(FlowLog value)
    {
        Text("id"u8, value.Id);
        Place(value.Scope);
        Text("resource"u8, value.Resource);
        Text("trafficType"u8, value.TrafficType);
        Text("status"u8, value.Status);
        Text("destinationType"u8, value.DestinationType);
        Text("destination"u8, value.Destination);
        Text("format"u8, value.Format);
        if (value.MaxAggregationSeconds != 0) _json.WriteNumber("maxAggregationSeconds"u8, value.MaxAggregationSeconds);
    }

    private void Write(EstateGap value)
    {
        Text("what"u8, value.What.ToString());
        Text("where"u8, value.Where);
        Text("why"u8, value.Why);
        if (value.IsReadFailure) _json.WriteBoolean("isReadFailure"u8, value: true);
        if (value.IsLeftOpen) _json.WriteBoolean("isLeftOpen"u8, value: true);
    }

    private void End(ReadOnlySpan<byte> name, PeeringEnd end)
    {
        _json.WriteStartObject(name);
        Text("vpc"u8, end.Vpc.Value);
        Place(end.Scope);
        Texts("cidrs"u8, end.Cidrs);
        _json.WriteEndObject();
    }

    private void Routes(ImmutableArray<Route> routes, bool evenIfEmpty = false)
    {
        if (routes.IsEmpty && !evenIfEmpty) return;
        _json.WriteStartArray("routes"u8);
        foreach (var route in routes)
        {
            _json.WriteStartObject();
            Text("destination"u8, route.Destination?.ToString());
            Text("destinationPrefixList"u8, route.DestinationPrefixList?.Value);
            Text("target"u8, route.Target);
            Text("interface"u8, route.Interface?.Value);
            if (route.IsBlackhole) _json.WriteBoolean("isBlackhole"u8, value: true);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteTags(Tags tags, bool evenIfEmpty = false)
    {
        if (tags.IsEmpty && !evenIfEmpty) return;
        _json.WriteStartObject("tags"u8);
        foreach (var (key, value) in tags.Pairs) _json.WriteString(key, value);
        _json.WriteEndObject();
        if (tags.Unknown.IsEmpty) return;
        _json.WriteStartObject("unknownTags"u8);
        foreach (var (key, why) in tags.Unknown) _json.WriteString(key, why);
        _json.WriteEndObject();
    }

    private void Place(Scope scope)
    {
        Text("account"u8, scope.Account);
        Text("region"u8, scope.Region);
    }

    private void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) _json.WriteString(name, value);
    }

    private void Texts<T>(ReadOnlySpan<byte> name, ImmutableArray<T> values, bool evenIfEmpty = false)
    {
        if (values.IsEmpty && !evenIfEmpty) return;
        _json.WriteStartArray(name);
        foreach (var value in values) _json.WriteStringValue(value!.ToString());
        _json.WriteEndArray();
    }

    private static string Word(Direction direction) => direction == Direction.Ingress ? "ingress" : "egress";

    private void Open(ReadOnlySpan<byte> name)
    {
        Raw(",\n\""u8);
        Raw(name);
        Raw("\":["u8);
    }

    // Every item is a text of its own to the JSON writer, so that what stands between items is ours.
    private void EndItem()
    {
        _json.Flush();
        _json.Reset();
        Drain(32 * 1024);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    private void Drain(int unlessBelow)
    {
        if (_buffer.WrittenCount <= unlessBelow) return;
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
