using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2;

/// <summary>Reads everything of one Region into a builder that several Regions share; each kind that cannot be read is a gap.</summary>
internal sealed class LiveRegionReader
{
    private const int ParallelCalls = 4;
    private readonly Ec2Client _client;
    private readonly EstateBuilder _builder;
    private readonly HashSet<PrefixListId> _named = [];

    public LiveRegionReader(Ec2Client client, EstateBuilder builder)
    {
        _client = client;
        _builder = builder;
    }

    /// <summary>Why the groups could not be read; null when they were.</summary>
    public Ec2Exception? GroupsFailure { get; private set; }

    private string Where => _client.Scope.ToString();

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        lock (_builder) _builder.AddScope(_client.Scope);
        Func<CancellationToken, Task>[] parts =
        [
            ReadGroupsAsync,
            token => PartAsync(GapKind.NetworkInterfaces, _client.DescribeNetworkInterfacesAsync, b => b.Add, token),
            token => PartAsync(GapKind.Vpcs, _client.DescribeVpcsAsync, b => b.Add, token),
            token => PartAsync(GapKind.Subnets, _client.DescribeSubnetsAsync, b => b.Add, token),
            token => PartAsync(GapKind.VpcAssociations, _client.DescribeVpcAssociationsAsync, b => b.Add, token, optional: true),
            ReadRouteTablesAsync,
            token => PartAsync(GapKind.NetworkAcls, _client.DescribeNetworkAclsAsync, b => b.Add, token),
            token => PartAsync(GapKind.Peerings, _client.DescribePeeringsAsync, b => b.Add, token),
            token => PartAsync(GapKind.VpcEndpoints, _client.DescribeVpcEndpointsAsync, b => b.Add, token),
            ReadGatewaysAsync,
            token => PartAsync(GapKind.Instances, _client.DescribeInstancesAsync, b => b.Add, token),
            token => PartAsync(GapKind.FlowLogs, _client.DescribeFlowLogsAsync, b => b.Add, token, optional: true),
            token => PartAsync(GapKind.PublicAccessBlocks, _client.DescribePublicAccessBlockAsync, b => b.Add, token, optional: true),
            token => PartAsync(GapKind.PublicAccessBlocks, _client.DescribePublicAccessExclusionsAsync, b => b.Add, token, optional: true),
            token => new LiveTransitReader(_client, _builder).ReadAsync(token),
        ];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(parts, parallel, async (part, token) => await part(token));
        await ReadPrefixListsAsync(cancellationToken); // last: it needs to know which lists rules and routes name
    }

    private async Task ReadGroupsAsync(CancellationToken cancellationToken)
    {
        List<SecurityGroup> groups;
        try
        {
            groups = await _client.DescribeSecurityGroupsAsync(cancellationToken);
        }
        catch (Ec2Exception e)
        {
            GroupsFailure = e;
            Gap(GapKind.SecurityGroups, e);
            return;
        }

        try
        {
            groups = [.. Ec2Client.WithRules(groups, await _client.DescribeSecurityGroupRulesAsync(cancellationToken))];
        }
        catch (Ec2Exception e)
        {
            Gap(GapKind.RuleIds, e); // the grouped view has the rules, without ids and tags
        }

        lock (_builder)
        {
            _builder.MarkCollected(GapKind.SecurityGroups);
            foreach (var group in groups) _builder.Add(group);
            _named.UnionWith(groups.SelectMany(g => g.Rules).Select(r => r.Peer).OfType<PrefixListPeer>().Select(p => p.PrefixList));
        }
    }

    private Task ReadRouteTablesAsync(CancellationToken cancellationToken) => PartAsync(
        GapKind.RouteTables,
        _client.DescribeRouteTablesAsync,
        b => table =>
        {
            b.Add(table);
            _named.UnionWith(table.Routes.Where(r => r.DestinationPrefixList is not null).Select(r => r.DestinationPrefixList!.Value));
            return b;
        },
        cancellationToken);

    private async Task ReadGatewaysAsync(CancellationToken cancellationToken)
    {
        await PartAsync(GapKind.Gateways, _client.DescribeInternetGatewaysAsync, b => b.Add, cancellationToken);
        await PartAsync(GapKind.Gateways, _client.DescribeNatGatewaysAsync, b => b.Add, cancellationToken);
        await PartAsync(GapKind.Gateways, _client.DescribeEgressOnlyInternetGatewaysAsync, b => b.Add, cancellationToken, optional: true);
        await PartAsync(GapKind.Gateways, _client.DescribeVpnGatewaysAsync, b => b.Add, cancellationToken, optional: true);
    }

    private async Task ReadPrefixListsAsync(CancellationToken cancellationToken)
    {
        List<PrefixList> lists;
        try
        {
            lists = await _client.DescribeManagedPrefixListsAsync(cancellationToken);
        }
        catch (Ec2Exception e)
        {
            Gap(GapKind.PrefixLists, e);
            return;
        }

        lock (_builder)
        {
            _builder.MarkCollected(GapKind.PrefixLists);
            lists.ForEach(l => _builder.Add(l));
        }

        var wanted = lists.Where(l => !l.IsAwsManaged || _named.Contains(l.Id));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(wanted, parallel, async (list, token) =>
        {
            try
            {
                var entries = await _client.GetPrefixListEntriesAsync(list.Id, token);
                lock (_builder) _builder.Add(list with { Entries = [.. entries.Distinct().OrderBy(e => e.Cidr)] });
            }
            catch (Ec2Exception e)
            {
                lock (_builder) _builder.Add(new EstateGap(GapKind.PrefixLists, list.Id.Value, Reason(e), IsReadFailure: true));
            }
        });
    }

    private async Task PartAsync<T>(GapKind kind, Func<CancellationToken, Task<List<T>>> read, Func<EstateBuilder, Func<T, EstateBuilder>> add, CancellationToken cancellationToken, bool optional = false)
    {
        try
        {
            var things = await read(cancellationToken);
            lock (_builder)
            {
                _builder.MarkCollected(kind, _client.Scope);
                foreach (var thing in things) add(_builder)(thing);
            }
        }
        catch (Ec2Exception e)
        {
            Gap(kind, e, optional: optional);
        }
    }

    private void Gap(GapKind kind, Ec2Exception failure, bool optional = false)
    {
        lock (_builder) _builder.Add(new EstateGap(kind, Where, Reason(failure), IsFailure(failure, optional)));
    }

    /// <summary>
    /// What is nice to have and refused, or unknown to the endpoint, is missing, not failed; a network that breaks is a failure
    /// whatever was asked.
    /// </summary>
    internal static bool IsFailure(Ec2Exception failure, bool optional) =>
        !optional || !(ErrorCodes.IsPermission(failure.Code) || ErrorCodes.IsAbsentOperation(failure.Code));

    /// <summary>The operation, AWS's code and the request id.</summary>
    internal static string Reason(Ec2Exception failure) =>
        failure.RequestId is null ? $"{failure.Operation}: {failure.Code}" : $"{failure.Operation}: {failure.Code} (request id {failure.RequestId})";
}
