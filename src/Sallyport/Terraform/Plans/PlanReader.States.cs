using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>States: the one before a plan, one as <c>terraform show -json</c> prints it, and <c>terraform.tfstate</c>.</summary>
internal sealed partial class PlanReader
{
    // Attachments and whatever else names groups are told by other means.
    private static readonly FrozenSet<string> NetworkTypes = new[]
    {
        "aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule",
        "aws_network_interface", "aws_network_interface_sg_attachment", "aws_network_interface_attachment", "aws_instance",
        "aws_vpc", "aws_default_vpc", "aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association", "aws_subnet", "aws_default_subnet",
        "aws_route_table", "aws_default_route_table", "aws_route", "aws_route_table_association", "aws_main_route_table_association",
        "aws_network_acl", "aws_default_network_acl", "aws_network_acl_rule", "aws_network_acl_association",
        "aws_internet_gateway", "aws_internet_gateway_attachment", "aws_egress_only_internet_gateway", "aws_nat_gateway", "aws_vpn_gateway", "aws_vpn_gateway_attachment",
        "aws_vpc_endpoint", "aws_vpc_endpoint_route_table_association", "aws_vpc_endpoint_subnet_association", "aws_vpc_endpoint_security_group_association",
        "aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter", "aws_vpc_peering_connection_options",
        "aws_ec2_managed_prefix_list", "aws_ec2_managed_prefix_list_entry", "aws_ec2_transit_gateway", "aws_ec2_transit_gateway_vpc_attachment",
    }.ToFrozenSet();

    private const int LongestCompared = 256;

    private void ReadPriorState(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            input.Skip(ref reader);
            return;
        }

        while (input.NextProperty(ref reader))
        {
            var isValues = reader.ValueTextEquals("values"u8);
            input.Read(ref reader);
            if (isValues) ReadStateValues(ref reader, _plan.Prior);
            else input.Skip(ref reader);
        }
    }

    private void ReadStateValues(ref Utf8JsonReader reader, List<PlanInstance> into)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            input.Skip(ref reader);
            return;
        }

        while (input.NextProperty(ref reader))
        {
            var isRoot = reader.ValueTextEquals("root_module"u8);
            input.Read(ref reader);
            if (isRoot) ReadStateModule(ref reader, into);
            else input.Skip(ref reader);
        }
    }

    // Nesting is bounded by the depth that the JSON reader takes.
    private void ReadStateModule(ref Utf8JsonReader reader, List<PlanInstance> into)
    {
        Expect(JsonTokenType.StartObject, "root_module", ref reader);
        while (input.NextProperty(ref reader))
        {
            var isResources = reader.ValueTextEquals("resources"u8);
            var isModules = reader.ValueTextEquals("child_modules"u8);
            input.Read(ref reader);
            if ((!isResources && !isModules) || reader.TokenType != JsonTokenType.StartArray)
            {
                input.Skip(ref reader);
                continue;
            }

            while (input.NextElement(ref reader))
            {
                if (isModules) ReadStateModule(ref reader, into);
                else ReadStateResource(ref reader, into);
            }
        }
    }

    private void ReadStateResource(ref Utf8JsonReader reader, List<PlanInstance> into)
    {
        Expect(JsonTokenType.StartObject, "resources", ref reader);
        var at = PlaceOf(ref reader);
        var bytes = Whole(ref reader).Span;
        var parts = PartsOf(bytes, "values"u8, isWhole: false);
        if (IsChanged(parts, bytes) || AddressOf(parts, bytes) is not { } address || _changed.Contains(address) || !IsKept(parts.Type!, bytes)) return;

        // What is sensitive stands behind the values.
        parts = PartsOf(bytes, "values"u8);
        var content = new Utf8JsonReader(bytes[parts.Content], Options);
        content.Read();
        if (Marked(bytes, parts.Sensitive, _values.Read(ref content), PlanValueReader.Sensitive) is HclMap values) into.Add(InstanceOf(parts, bytes, address, at, [], values, values));
    }

    // Nearly everything of a state before a plan: it is known by its bytes, so that no text of its address is made.
    private bool IsChanged(Parts parts, ReadOnlySpan<byte> json)
    {
        var address = json[parts.Address];
        if (parts.IsDeposed || address.Length is < 2 or > LongestCompared || address.Contains((byte)'\\')) return false;
        Span<char> text = stackalloc char[LongestCompared];
        return Ascii.ToUtf16(address[1..^1], text, out var length) == OperationStatus.Done && _changed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..length]);
    }

    private void ReadRawResource(ref Utf8JsonReader reader)
    {
        Expect(JsonTokenType.StartObject, "resources", ref reader);
        var at = PlaceOf(ref reader);
        var bytes = Whole(ref reader).Span;
        var parts = PartsOf(bytes, "instances"u8);
        string? module = null;
        var outer = new Utf8JsonReader(bytes, Options);
        outer.Read();
        while (outer.Read() && outer.TokenType == JsonTokenType.PropertyName)
        {
            if (outer.ValueTextEquals("module"u8)) module = TextOf(ref outer);
            else Pass(ref outer);
        }

        var name = TextAt(bytes, parts.Name) ?? string.Empty;
        if (parts.Type is not { Length: > 0 } type || parts.Content.End.Value == 0 || !IsKept(type, bytes)) return;
        var list = new Utf8JsonReader(bytes[parts.Content], Options);
        list.Read();
        if (list.TokenType != JsonTokenType.StartArray) return;
        while (list.Read() && list.TokenType != JsonTokenType.EndArray)
        {
            var (instance, values) = ReadRawInstance(ref list);
            if (values is null) continue;
            var declared = parts.IsData ? $"data.{type}.{name}" : $"{type}.{name}";
            var isDeposed = instance.GetValueOrDefault("deposed") is HclString { Value.Length: > 0 };
            var address = PlanAddress.Join(module ?? string.Empty, declared, instance.GetValueOrDefault("index_key"));
            _plan.Instances.Add(new PlanInstance(isDeposed ? $"{address} (deposed)" : address, module ?? string.Empty, type, name)
            {
                IsData = parts.IsData,
                IsDeposed = isDeposed,
                Before = values,
                After = values,
                At = at,
            });
        }
    }

    // The values are null for what is no instance. Of secret paths that come twice both hold.
    private (Dictionary<string, HclValue> Others, HclMap? Values) ReadRawInstance(ref Utf8JsonReader reader)
    {
        var rest = new Dictionary<string, HclValue>();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return (rest, null);
        }

        HclValue? attributes = null;
        List<HclValue>? secrets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAttributes = reader.ValueTextEquals("attributes"u8);
            var isSecrets = reader.ValueTextEquals("sensitive_attributes"u8);
            var name = reader.ValueTextEquals("deposed"u8) ? "deposed" : reader.ValueTextEquals("index_key"u8) ? "index_key" : null;
            if (!isAttributes && !isSecrets && name is null)
            {
                Pass(ref reader);
                continue;
            }

            reader.Read();
            var value = _values.Read(ref reader);
            if (isAttributes) attributes = value;
            else if (isSecrets) (secrets ??= []).Add(value);
            else rest[name!] = value;
        }

        var values = attributes as HclMap;
        foreach (var paths in values is null || secrets is null ? [] : secrets) values = SensitivePaths.Mask(values!, paths);
        return (rest, values);
    }
}
