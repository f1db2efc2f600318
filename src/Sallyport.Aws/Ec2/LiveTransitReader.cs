using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Aws.Ec2.Wire;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2;

/// <summary>
/// Reads transit gateways as far as the account sees them. A gateway another account owns shows its attachments here and its tables
/// only there: that is a gap, not a failure.
/// </summary>
internal sealed class LiveTransitReader
{
    private readonly Ec2Client _client;
    private readonly EstateBuilder _builder;

    public LiveTransitReader(Ec2Client client, EstateBuilder builder)
    {
        _client = client;
        _builder = builder;
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var gateways = await _client.DescribeTransitGatewaysAsync(cancellationToken);
            var attachments = await _client.DescribeTransitGatewayAttachmentsAsync(cancellationToken);
            lock (_builder) Add(gateways, attachments);
            if (gateways.IsEmpty && attachments.Count == 0) return;
            var tables = await _client.DescribeTransitGatewayRouteTablesAsync(cancellationToken);
            foreach (var table in tables) await ReadTableAsync(table, cancellationToken);
            AddForeignGaps(gateways, attachments, tables);
        }
        catch (Ec2Exception e)
        {
            Gap(_client.Scope.ToString(), e);
        }
    }

    private void Add(ImmutableDictionary<string, (Gateway Gateway, bool? Referencing)> gateways, List<TransitGatewayAttachment> attachments)
    {
        _builder.MarkCollected(GapKind.TransitGateways);
        var attached = attachments.ToLookup(a => a.TransitGateway, a => a.Vpc);
        foreach (var (gateway, _) in gateways.Values) _builder.Add(gateway with { Vpcs = [.. attached[gateway.Id].Distinct().Order()] });
        foreach (var attachment in attachments)
        {
            // A reference works only when the attachment and the gateway both permit it; the gateway's default is not to.
            bool? gateway = gateways.TryGetValue(attachment.TransitGateway, out var known) ? known.Referencing : null;
            _builder.Add(attachment with
            {
                SecurityGroupReferencing = (attachment.SecurityGroupReferencing, gateway) switch
                {
                    (false, _) or (_, false) => false,
                    (true, true) => true,
                    _ => null,
                },
            });
        }
    }

    private async Task ReadTableAsync(TransitGatewayRouteTable table, CancellationToken cancellationToken)
    {
        try
        {
            var associations = await _client.GetTransitGatewayRouteTableAssociationsAsync(table.Id, cancellationToken);
            table = table with { Associations = [.. associations.Distinct().Order(StringComparer.Ordinal)] };
            var routes = await _client.SearchTransitGatewayRoutesAsync(table.Id, cancellationToken);
            if (routes is not null) table = table with { Routes = RouteTableXml.Sorted(routes) };
            else Gap(table.Id, "SearchTransitGatewayRoutes gives no more than 1000 routes.", isFailure: false);
        }
        catch (Ec2Exception e)
        {
            Gap(table.Id, e);
        }

        lock (_builder) _builder.Add(table);
    }

    private void AddForeignGaps(ImmutableDictionary<string, (Gateway Gateway, bool? Referencing)> gateways, List<TransitGatewayAttachment> attachments, List<TransitGatewayRouteTable> tables)
    {
        var readable = tables.Select(t => t.TransitGateway).ToHashSet(StringComparer.Ordinal);
        foreach (var gateway in attachments.Select(a => a.TransitGateway).Concat(gateways.Keys).Distinct().Where(g => !readable.Contains(g)))
        {
            Gap(gateway, "Its route tables are its owner's to read.", isFailure: false);
        }
    }

    private void Gap(string where, Ec2Exception failure) => Gap(where, LiveRegionReader.Reason(failure), LiveRegionReader.IsFailure(failure, optional: true));

    private void Gap(string where, string why, bool isFailure)
    {
        lock (_builder) _builder.Add(new EstateGap(GapKind.TransitGateways, where, why, isFailure));
    }
}
