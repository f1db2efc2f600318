using Sallyport.Estates;

namespace Sallyport.Connections.Importing;

/// <summary>
/// Gives every group of an estate a readable, unique name: the slug of its name (of its Name tag when it is called <c>default</c>),
/// told apart by VPC, Region, account or id, whichever is the first that suffices. Depends on the estate alone, not on its order.
/// </summary>
internal static class GroupNamer
{
    /// <summary>The names, by group.</summary>
    public static Dictionary<SecurityGroupId, string> Name(Estate estate, UniqueNames names)
    {
        var result = new Dictionary<SecurityGroupId, string>();
        var byBase = estate.SecurityGroups
            .GroupBy(BaseOf)
            .OrderBy(g => g.Count() > 1).ThenBy(g => g.Key, StringComparer.Ordinal)
            .ToList();
        foreach (var same in byBase)
        {
            var groups = same.OrderBy(g => g.Scope).ThenBy(g => g.Id).ToList();
            var named = groups.Count == 1 ? [same.Key] : Distinguish(estate, same.Key, groups, names);
            for (var i = 0; i < groups.Count; i++) result[groups[i].Id] = names.Take(named[i]);
        }

        return result;
    }

    /// <summary>What people call a group who never saw a connections file: its name, or its id where it has none.</summary>
    public static string InEstate(SecurityGroup group) => group.Name.Length > 0 ? group.Name : group.Id.Value;

    private static string BaseOf(SecurityGroup group)
    {
        var tag = NameSlug.Of(group.Tags["Name"] ?? string.Empty);
        var slug = group.IsDefault || group.Name.Length == 0 ? tag : NameSlug.Of(group.Name);
        if (slug.Length == 0) slug = group.IsDefault ? "default" : tag;
        if (slug.Length == 0) return NameSlug.Of($"group-{group.Id}");

        // A name that reads like an id, or like an external everybody knows, would mislead people and peers of residuals.
        return LooksLikeId(slug) || slug is "internet" or "internet-v4" or "internet-v6" ? NameSlug.Cut($"group-{slug}", NameSlug.MostCharacters) : slug;
    }

    private static bool LooksLikeId(string slug)
    {
        var dash = slug.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && slug[..dash] is "sg" or "pl" or "vpc" or "eni" or "ip" && slug[(dash + 1)..].All(char.IsAsciiHexDigit);
    }

    private static List<string> Distinguish(Estate estate, string name, List<SecurityGroup> groups, UniqueNames names)
    {
        Func<SecurityGroup, string>[] ways =
        [
            g => VpcLabel(estate, g),
            g => g.Scope.Region,
            g => g.Scope.Account,
            g => $"{g.Scope.Account}-{g.Scope.Region}",
            g => $"{VpcLabel(estate, g)}-{g.Scope.Account}-{g.Scope.Region}",
        ];
        foreach (var way in ways)
        {
            var labels = groups.Select(g => NameSlug.Of(way(g))).ToList();
            if (labels.Any(l => l.Length == 0)) continue;
            var candidates = labels.Select(l => $"{name}-{l}").ToList();
            if (candidates.All(names.IsFree) && candidates.Distinct(StringComparer.OrdinalIgnoreCase).Count() == candidates.Count) return candidates;
        }

        return [.. groups.Select(g => $"{NameSlug.Cut(name, 40)}-{NameSlug.Of(g.Id.Value)}")];
    }

    private static string VpcLabel(Estate estate, SecurityGroup group) =>
        group.Vpc is not { } vpc ? string.Empty
        : estate.Index.Vpcs.TryGetValue(vpc, out var known) && known.Tags["Name"] is { Length: > 0 } name ? name
        : vpc.Value;
}
