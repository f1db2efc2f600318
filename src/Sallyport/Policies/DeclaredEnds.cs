using System.Collections.Immutable;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>The groups and externals of a connections file as ends of questions about an estate.</summary>
public static class DeclaredEnds
{
    /// <summary>Every name of the file with its ends, or with why it has none in this estate (the compiler's own words).</summary>
    public static ImmutableDictionary<string, Result<EndpointSet>> Of(ConnectionsFile file, ConnectivityModel model)
    {
        var result = ImmutableDictionary.CreateBuilder<string, Result<EndpointSet>>(StringComparer.Ordinal);
        foreach (var group in file.Groups) result[group.Name] = OfGroup(file, group, model);
        foreach (var external in file.Externals) result[external.Name] = OfExternal(external, model);
        return result.ToImmutable();
    }

    private static Result<EndpointSet> OfGroup(ConnectionsFile file, GroupDeclaration group, ConnectivityModel model)
    {
        var said = new List<Diagnostic>();
        var resolver = new GroupResolver(file with { Groups = [group] }, model.Estate, said.Add);
        var found = resolver.Resolve()[group.Name];
        if (said.Exists(d => d.Severity == Severity.Error) || found.IsEmpty) return Result<EndpointSet>.Failed([.. said]);
        var name = found.Length == 1 ? $"{group.Name} ({found[0].Id})" : group.Name;
        var set = found.Select(g => model.OfGroup(g.Id, name)).Aggregate((a, b) => a.Union(b));
        return new Result<EndpointSet>(found.Length == 1 ? set : set with { Group = null }, [.. said]);
    }

    private static Result<EndpointSet> OfExternal(ExternalDeclaration external, ConnectivityModel model)
    {
        if (external.PrefixList is null) return Result<EndpointSet>.Ok(OfBlocks(external.Name, external, model));
        var lists = model.Estate.PrefixLists.Where(l => l.Id.Value == external.PrefixList || l.Name == external.PrefixList).ToList();
        if (lists.Count == 0) return Result<EndpointSet>.Failed(EndpointDiagnostics.NoPrefixList(external.Name, external.PrefixList));
        var unread = lists.Find(l => model.Estate.Index.EntriesOf(l.Id) is null);
        return unread is not null
            ? Result<EndpointSet>.Failed(EndpointDiagnostics.EntriesNotRead(external.Name, unread.Id.Value))
            : Result<EndpointSet>.Ok(model.OfBlocks(external.Name, lists.SelectMany(l => model.Estate.Index.EntriesOf(l.Id)!.Value).Select(e => e.Cidr)));
    }

    // Whoever declares 0.0.0.0/0 means the internet, not the interfaces that the block also covers.
    private static EndpointSet OfBlocks(string name, ExternalDeclaration external, ConnectivityModel model)
    {
        if (!external.Cidrs.Any(c => c.PrefixLength == 0)) return model.OfBlocks(name, external.Cidrs);
        var internet = model.Internet(name);
        var rest = model.OfBlocks(name, external.Cidrs.Where(c => c.PrefixLength != 0));
        var families = external.Cidrs.Where(c => c.PrefixLength == 0).Select(c => c.Family).ToHashSet();
        return rest.Union(internet with
        {
            OutsideV4 = families.Contains(IpFamily.V4) ? internet.OutsideV4 : AddressSet.Empty(IpFamily.V4),
            OutsideV6 = families.Contains(IpFamily.V6) ? internet.OutsideV6 : AddressSet.Empty(IpFamily.V6),
        });
    }
}
