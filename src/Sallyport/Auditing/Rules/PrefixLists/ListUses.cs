using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.PrefixLists;

/// <summary>Who names which prefix list, found in one pass over all rules and routes.</summary>
internal sealed class ListUses
{
    private static readonly ListUse None = new(new Scope(string.Empty, string.Empty), 0, IsIngress: false, IsAllPorts: false, IsRoute: false);

    private readonly Dictionary<PrefixListId, ListUse> _uses = [];

    public ListUses(AuditContext context)
    {
        var least = AllPorts.Least(context);
        var named = new HashSet<PrefixListId>();
        foreach (var group in context.Estate.SecurityGroups)
        {
            named.Clear();
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is not PrefixListPeer { PrefixList: var list }) continue;
                var use = _uses.GetValueOrDefault(list, None with { Scope = group.Scope });
                var isIngress = rule.Direction == Direction.Ingress;
                _uses[list] = new ListUse(
                    use.Scope, use.Groups + (named.Add(list) ? 1 : 0), use.IsIngress || isIngress,
                    use.IsAllPorts || (isIngress && !AllPorts.Of(ServiceSet.Of(rule.Service), least).IsEmpty), use.IsRoute);
            }
        }

        foreach (var (table, route) in context.Estate.RouteTables.SelectMany(t => t.Routes.Select(r => (t, r))))
        {
            if (route.DestinationPrefixList is { } list) _uses[list] = _uses.GetValueOrDefault(list, None with { Scope = table.Scope }) with { IsRoute = true };
        }

        Unread = [.. _uses.Where(u => !context.Estate.Index.PrefixLists.ContainsKey(u.Key))
            .Select(u => FindingResource.Of(new PrefixList(u.Key, u.Value.Scope)))
            .OrderBy(r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>Lists that are named and that no source describes.</summary>
    public ImmutableArray<FindingResource> Unread { get; }

    public ListUse Of(PrefixListId list) => _uses.GetValueOrDefault(list, None);
}
