using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>Finds the security groups behind each declaration, or makes symbolic ones when there is no estate.</summary>
internal sealed class GroupResolver(ConnectionsFile file, Estate? estate, Action<Diagnostic> report)
{
    /// <summary>Every declaration's groups, by name; groups of one declaration are sorted by id.</summary>
    public Dictionary<string, ImmutableArray<ResolvedGroup>> Resolve()
    {
        var result = new Dictionary<string, ImmutableArray<ResolvedGroup>>();
        var owners = new Dictionary<SecurityGroupId, string>();
        foreach (var group in file.Groups.OrderBy(g => g.Name, StringComparer.Ordinal))
        {
            var resolved = estate is null ? [Symbolic(group)] : Find(group, estate);
            result[group.Name] = resolved;
            foreach (var found in resolved)
            {
                if (!owners.TryAdd(found.Id, group.Name)) report(ConnectionsDiagnostics.ResolvedTwice(group.Name, owners[found.Id], found.Id.Value, group.At));
            }
        }

        return result;
    }

    private ResolvedGroup Symbolic(GroupDeclaration group)
    {
        var account = group.Select?.Account ?? Only(file.Scope.Accounts);
        var region = group.Select?.Region ?? Only(file.Scope.Regions);
        return new ResolvedGroup(group.Name, group.Sg ?? new SecurityGroupId(group.Name), new Scope(account, region), group.IsReadOnly, null);

        static string Only(ImmutableArray<string> list) => list.Length == 1 ? list[0] : string.Empty;
    }

    private ImmutableArray<ResolvedGroup> Find(GroupDeclaration group, Estate source)
    {
        if (group.Sg is { } id)
        {
            if (!source.Index.Groups.TryGetValue(id, out var found))
            {
                report(ConnectionsDiagnostics.GroupNotInEstate(group.Name, id.Value, NearestId(id, source), group.At));
                return [];
            }

            if (PartOutsideScope(found, source) is { } part) report(ConnectionsDiagnostics.OutsideScope(group.Name, id.Value, part, group.At));
            return [Resolved(group, found)];
        }

        var matches = source.SecurityGroups
            .Where(g => Matches(group.Select!, g, source) && PartOutsideScope(g, source) is null)
            .OrderBy(g => g.Id).Select(g => Resolved(group, g)).ToImmutableArray();
        if (matches.IsEmpty) report(ConnectionsDiagnostics.SelectsNothing(group.Name, group.At));
        return matches;
    }

    private static ResolvedGroup Resolved(GroupDeclaration group, SecurityGroup found) => new(group.Name, found.Id, found.Scope, group.IsReadOnly, found);

    private static string? NearestId(SecurityGroupId id, Estate source) =>
        source.SecurityGroups.Length > 2000 ? null : NearestName.Find(id.Value, source.SecurityGroups.Select(g => g.Id.Value));

    private static bool Matches(GroupSelector select, SecurityGroup group, Estate source) =>
        (select.Name is null || select.Name == group.Name)
        && (select.Account is null || select.Account == group.Scope.Account)
        && (select.Region is null || select.Region == group.Scope.Region)
        && (select.Vpc is null || IsVpc(select.Vpc, group, source))
        && select.Tags.Pairs.All(t => group.Tags[t.Key] == t.Value);

    private static bool IsVpc(string idOrName, SecurityGroup group, Estate source) => group.Vpc is { } id
        && (id.Value == idOrName || (source.Index.Vpcs.TryGetValue(id, out var vpc) && vpc.Tags["Name"] == idOrName));

    /// <summary>The part of the file's scope that leaves the group out; null when it lies inside.</summary>
    private string? PartOutsideScope(SecurityGroup group, Estate source)
    {
        var scope = file.Scope;
        if (!scope.Accounts.IsEmpty && !scope.Accounts.Contains(group.Scope.Account)) return $"account {group.Scope.Account}";
        if (!scope.Regions.IsEmpty && !scope.Regions.Contains(group.Scope.Region)) return $"Region {group.Scope.Region}";
        return scope.Vpcs.IsEmpty || scope.Vpcs.Any(v => IsVpc(v, group, source)) ? null : $"VPC {group.Vpc?.Value ?? "?"}";
    }
}
