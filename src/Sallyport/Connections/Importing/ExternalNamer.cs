using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>
/// Declares every set of blocks and every prefix list once and names it: <c>internet</c> for /0, a list by its own name, a VPC's
/// blocks by the VPC, others by the description most rules give them, else by the first block.
/// </summary>
internal sealed class ExternalNamer(Estate estate, UniqueNames names)
{
    private readonly Dictionary<string, string> _names = [];
    private readonly List<ExternalDeclaration> _declarations = [];

    /// <summary>Everything declared, by name.</summary>
    public IEnumerable<ExternalDeclaration> Declarations => _declarations.OrderBy(d => d.Name, StringComparer.Ordinal);

    /// <summary>The name of an end that was given to <see cref="Declare"/>.</summary>
    public string NameOf(ExternalUse use) => _names[use.Key];

    /// <summary>Names all ends that occur; call once with all of them.</summary>
    public void Declare(IEnumerable<ExternalUse> uses)
    {
        var wanted = uses.GroupBy(u => u.Key)
            .Select(g => (g.Key, g.First().Peers, Name: WantedName(g)))
            .ToList();
        foreach (var (key, peers, name) in wanted.OrderBy(w => w.Name, StringComparer.Ordinal).ThenBy(w => w.Key, StringComparer.Ordinal))
        {
            var taken = names.Take(name);
            _names[key] = taken;
            _declarations.Add(peers[0] is PrefixListPeer list
                ? new ExternalDeclaration(taken) { PrefixList = list.PrefixList.Value }
                : new ExternalDeclaration(taken)
                {
                    Cidrs = [.. peers.Select(p => ((CidrPeer)p).Cidr)],
                    IsPublic = peers.Any(p => p is CidrPeer { Cidr.PrefixLength: 0 }),
                });
        }
    }

    private string WantedName(IGrouping<string, ExternalUse> uses)
    {
        var peers = uses.First().Peers;
        if (peers[0] is PrefixListPeer list) return ListName(list.PrefixList);
        var blocks = peers.Select(p => ((CidrPeer)p).Cidr).ToList();
        if (blocks[0].PrefixLength == 0)
        {
            return blocks.Count == 2 ? "internet" : blocks[0].Family == IpFamily.V4 ? "internet-v4" : "internet-v6";
        }

        var vpcs = estate.Vpcs.Where(v => blocks.All(b => v.Cidrs.Contains(b))).ToList();
        if (vpcs.Count == 1) return NameSlug.Of($"vpc-{vpcs[0].Tags["Name"] ?? vpcs[0].Id.Value[4..]}");
        var described = uses.Where(u => u.Reason.Length > 0).GroupBy(u => NameSlug.Of(u.Reason, 32))
            .Where(g => g.Key.Length > 0)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault();
        if (described is not null) return described.Key;
        var first = $"net-{NameSlug.Of(blocks[0].ToString(), 44).Replace('.', '-')}";
        return blocks.Count == 1 ? first : $"{first}-and-{blocks.Count - 1}-more";
    }

    private string ListName(PrefixListId id)
    {
        var name = estate.Index.PrefixLists.TryGetValue(id, out var list) ? list.Name : string.Empty;
        var isAws = name.StartsWith("com.amazonaws.", StringComparison.Ordinal);
        var slug = NameSlug.Of(isAws ? name[(name.LastIndexOf('.') + 1)..] : name);
        return slug.Length > 0 && !slug.StartsWith("pl-", StringComparison.Ordinal) && !slug.StartsWith("sg-", StringComparison.Ordinal)
            ? slug
            : NameSlug.Of($"list-{id}");
    }
}
