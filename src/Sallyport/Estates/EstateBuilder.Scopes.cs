namespace Sallyport.Estates;

public sealed partial class EstateBuilder
{
    /// <summary>
    /// Gives things whose source does not name account or Region those of their VPC: a VPC lies in one Region, and what has no owner of its
    /// own (gateways, route tables) belongs to the VPC's owner. Old answers name the Region nowhere but in their subnets' zones.
    /// </summary>
    private void SettleScopes()
    {
        var regions = new Dictionary<VpcId, string>();
        foreach (var v in _vpcs.Values) Note(v.Id, v.Scope);
        foreach (var v in _subnets.Values) Note(v.Vpc, v.Scope);
        foreach (var v in _groups.Values) Note(v.Vpc, v.Scope);
        foreach (var v in _interfaces.Values) Note(v.Vpc, v.Scope);
        foreach (var v in _instances.Values) Note(v.Vpc, v.Scope);
        foreach (var v in _endpoints.Values) Note(v.Vpc, v.Scope);
        foreach (var v in _peerings.Values)
        {
            Note(v.Requester.Vpc, v.Requester.Scope);
            Note(v.Accepter.Vpc, v.Accepter.Scope);
        }

        Settle(_vpcs, v => v.Scope, v => v.Id, (v, s) => v with { Scope = s });
        Settle(_subnets, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_groups, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_interfaces, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_instances, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_endpoints, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_routeTables, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_networkAcls, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_attachments, v => v.Scope, v => v.Vpc, (v, s) => v with { Scope = s });
        Settle(_gateways, v => v.Scope, v => v.Vpcs.IsEmpty ? null : v.Vpcs[0], (v, s) => v with { Scope = s });
        Settle(_flowLogs, v => v.Scope, VpcOf, (v, s) => v with { Scope = s });

        void Note(VpcId? vpc, Scope scope)
        {
            if (vpc is { } id && scope.Region.Length > 0) regions.TryAdd(id, scope.Region);
        }

        void Settle<TKey, TValue>(Dictionary<TKey, TValue> things, Func<TValue, Scope> scope, Func<TValue, VpcId?> vpc, Func<TValue, Scope, TValue> with)
            where TKey : notnull
        {
            foreach (var (key, thing) in things)
            {
                var known = scope(thing);
                if ((known.Account.Length > 0 && known.Region.Length > 0) || vpc(thing) is not { } id) continue;
                var owner = _vpcs.TryGetValue(id, out var found) ? found.Scope.Account : string.Empty;
                var settled = known.FilledFrom(new Scope(owner, regions.GetValueOrDefault(id, string.Empty)));
                if (settled != known) things[key] = with(thing, settled);
            }
        }
    }

    private VpcId? VpcOf(FlowLog log)
    {
        if (log.Resource.StartsWith("vpc-", StringComparison.Ordinal)) return new VpcId(log.Resource);
        if (_subnets.TryGetValue(new SubnetId(log.Resource), out var subnet)) return subnet.Vpc;
        return _interfaces.TryGetValue(new NetworkInterfaceId(log.Resource), out var nic) ? nic.Vpc : null;
    }
}
