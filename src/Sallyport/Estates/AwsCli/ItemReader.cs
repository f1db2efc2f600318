using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

/// <summary>Turns the objects of an answer, other than groups and rules, into the estate's things: EC2 API, Describe* and Get* of 2016-11-15.</summary>
internal sealed partial class ItemReader(EstateFile file, EstateBuilder into, FileDiagnostics said)
{
    private readonly List<PrefixListEntry> _entries = [];
    private readonly List<Route> _transitRoutes = [];
    private readonly List<string> _transitAssociations = [];
    private readonly Dictionary<string, (Scope Scope, string TransitGateway, List<string> Attachments)> _associatedWith = [];
    private readonly HashSet<AwsCliKind> _begun = [];

    /// <summary>Says that a list of a kind was read, though it may be empty: its absence is knowledge and no gap.</summary>
    public void Begin(AwsCliKind kind)
    {
        if (!_begun.Add(kind)) return;
        if (kind == AwsCliKind.SecurityGroupRule) into.MarkRuleView();
        if (MonitoringPartOf(kind) is { } part) into.MarkCollected(part, file.Fallback);
        else if (AwsCliShapes.GapOf(kind) is { } gap) into.MarkCollected(gap, file.Fallback);
    }

    /// <summary>Reads one object.</summary>
    public void Read(AwsCliKind kind, JsonItem item)
    {
        switch (kind)
        {
            case AwsCliKind.NetworkInterface: ReadInterface(item, default, isSeenFromInstance: false); break;
            case AwsCliKind.Reservation: ReadReservation(item); break;
            case AwsCliKind.Instance: ReadInstance(item, owner: null); break;
            case AwsCliKind.Vpc: ReadVpc(item); break;
            case AwsCliKind.Subnet: ReadSubnet(item); break;
            case AwsCliKind.RouteTable: ReadRouteTable(item); break;
            case AwsCliKind.NetworkAcl: ReadNetworkAcl(item); break;
            case AwsCliKind.PrefixList: ReadPrefixList(item); break;
            case AwsCliKind.PrefixListEntry: ReadEntry(item); break;
            case AwsCliKind.Peering: ReadPeering(item); break;
            case AwsCliKind.VpcEndpoint: ReadEndpoint(item); break;
            case AwsCliKind.InternetGateway: ReadGateway(item, GatewayKind.Internet, "InternetGatewayId", "Attachments"); break;
            case AwsCliKind.EgressOnlyInternetGateway: ReadGateway(item, GatewayKind.EgressOnlyInternet, "EgressOnlyInternetGatewayId", "Attachments"); break;
            case AwsCliKind.VpnGateway: ReadGateway(item, GatewayKind.Vpn, "VpnGatewayId", "VpcAttachments"); break;
            case AwsCliKind.NatGateway: ReadNatGateway(item); break;
            case AwsCliKind.TransitGateway: ReadTransitGateway(item); break;
            case AwsCliKind.TransitGatewayAttachment: ReadAttachment(item); break;
            case AwsCliKind.TransitGatewayRouteTable: ReadTransitTable(item); break;
            case AwsCliKind.TransitGatewayRoute: ReadTransitRoute(item); break;
            case AwsCliKind.TransitGatewayAssociation: ReadTransitAssociation(item); break;
            case AwsCliKind.VpcAssociation: ReadVpcAssociation(item); break;
            case AwsCliKind.FlowLog: ReadFlowLog(item); break;
            case AwsCliKind.PublicAccessBlock: ReadPublicAccessBlock(item); break;
            case AwsCliKind.PublicAccessExclusion: ReadPublicAccessExclusion(item); break;
            case AwsCliKind.MetricFilter: ReadMetricFilter(item); break;
            case AwsCliKind.MetricAlarm: ReadMetricAlarm(item); break;
            case AwsCliKind.EventRule: ReadEventRule(item); break;
            case AwsCliKind.Trail: ReadTrail(item); break;
        }
    }

    /// <summary>Adds what belongs to something that only the file's name tells; its absence there is an error.</summary>
    public void Finish()
    {
        if (_begun.Contains(AwsCliKind.PrefixListEntry) && NamedId("prefix list", "pl-") is { } list) into.Add(new PrefixListId(list), _entries);
        var hasRoutes = _begun.Contains(AwsCliKind.TransitGatewayRoute);
        var hasAssociations = _begun.Contains(AwsCliKind.TransitGatewayAssociation);
        if ((hasRoutes || hasAssociations) && NamedId("transit gateway route table", "tgw-rtb-") is { } table)
        {
            into.Add(new TransitGatewayRouteTable(table, file.Fallback, string.Empty)
            {
                Routes = hasRoutes ? Sorted(_transitRoutes) : null,
                Associations = hasAssociations ? [.. _transitAssociations.Distinct().Order(StringComparer.Ordinal)] : null,
            });
        }

        foreach (var (id, (scope, transitGateway, attachments)) in _associatedWith)
        {
            into.Add(new TransitGatewayRouteTable(id, scope, transitGateway) { Associations = [.. attachments.Distinct().Order(StringComparer.Ordinal)] });
        }
    }

    private string? NamedId(string kind, string prefix)
    {
        var id = file.FindId(prefix);
        if (id is null) said.Add(EstateDiagnostics.IdNotInName(kind, prefix, new SourceSpan(file.Name)));
        return id;
    }

    private void ReadPrefixList(JsonItem item)
    {
        if (item.Required("prefix list", "PrefixListId"u8) is not { } id) return;
        var blocks = item.Texts("Cidrs"u8);
        var entries = blocks.Count == 0 ? null : ReadBlocks(blocks, id, item);
        var owner = item.Text("OwnerId"u8) ?? string.Empty;
        into.Add(new PrefixList(new PrefixListId(id), ScopeNames.Of(file.Fallback, owner, item.Text("PrefixListArn"u8)))
        {
            Name = item.Text("PrefixListName"u8) ?? string.Empty,
            Owner = owner,
            Family = item.Text("AddressFamily"u8) == "IPv6" || entries is [{ Cidr.Family: IpFamily.V6 }, ..] ? IpFamily.V6 : IpFamily.V4,
            MaxEntries = item.Int("MaxEntries"u8),
            Version = item.Number("Version"u8),
            Entries = entries is null ? null : [.. entries.Distinct().OrderBy(e => e.Cidr)],
            Tags = item.Tags("Tags"u8),
        });
    }

    private List<PrefixListEntry>? ReadBlocks(List<string> blocks, string id, JsonItem item)
    {
        var entries = new List<PrefixListEntry>();
        foreach (var text in blocks)
        {
            if (Cidr.TryParse(text, out var cidr))
            {
                entries.Add(new PrefixListEntry(cidr, string.Empty));
                continue;
            }

            // A list with an entry we cannot read is a list we do not know.
            said.Add(EstateDiagnostics.BadValue("Cidrs", text, id, item.At));
            return null;
        }

        return entries;
    }

    private void ReadEntry(JsonItem item)
    {
        if (item.Required("prefix list entry", "Cidr"u8) is not { } text) return;
        if (item.Block("Cidr"u8, "the prefix list") is { } cidr) _entries.Add(new PrefixListEntry(cidr, item.Text("Description"u8) ?? string.Empty));
        else if (file.FindId("pl-") is { } id) into.Add(new EstateGap(GapKind.PrefixLists, id, $"The entry \"{text}\" cannot be understood."));
    }

    private void ReadFlowLog(JsonItem item)
    {
        if (item.Required("flow log", "FlowLogId"u8) is not { } id) return;
        into.Add(new FlowLog(id, file.Fallback, item.Text("ResourceId"u8) ?? string.Empty)
        {
            TrafficType = item.Text("TrafficType"u8) ?? string.Empty,
            Status = item.Text("FlowLogStatus"u8) ?? string.Empty,
            DestinationType = item.Text("LogDestinationType"u8) ?? string.Empty,
            Destination = item.Text("LogDestination"u8) ?? item.Text("LogGroupName"u8) ?? string.Empty,
            Format = item.Text("LogFormat"u8) ?? string.Empty,
            MaxAggregationSeconds = item.Int("MaxAggregationInterval"u8) ?? 0,
        });
    }

    private static ImmutableArray<Route> Sorted(IEnumerable<Route> routes) =>
        [.. routes.OrderBy(DestinationText, StringComparer.Ordinal).ThenBy(r => r.Target, StringComparer.Ordinal)];

    private static string DestinationText(Route route) => route.Destination?.ToString() ?? route.DestinationPrefixList?.Value ?? string.Empty;

    private static ImmutableArray<string> SortedTexts(IEnumerable<string> texts) => [.. texts.Distinct().Order(StringComparer.Ordinal)];

    private static VpcId? VpcOf(JsonItem item) => item.Text("VpcId"u8) is { Length: > 0 } id ? new VpcId(id) : null;

    private static SubnetId? SubnetOf(JsonItem item) => item.Text("SubnetId"u8) is { Length: > 0 } id ? new SubnetId(id) : null;
}
