using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Large;

/// <summary>The prefix lists a group may name, each with what it costs of the quota.</summary>
internal sealed class LargeLists
{
    /// <summary>Regions with the id that AWS gives the S3 list there.</summary>
    public static readonly ImmutableArray<(string Region, string StorageList)> Regions =
        [("eu-west-1", "pl-6da54004"), ("us-east-1", "pl-63a5400a"), ("eu-central-1", "pl-6ea54007"), ("ap-southeast-2", "pl-6ca54005")];

    private static readonly ImmutableArray<Cidr> StorageBlocks = [Cidr.Parse("3.5.64.0/21"), Cidr.Parse("52.92.0.0/17"), Cidr.Parse("52.218.0.0/17")];

    private readonly Dictionary<Scope, ImmutableArray<(PrefixListPeer List, IpFamily Family, int Weight)>> _lists = [];
    private readonly HashSet<string> _storage = [];

    public ImmutableArray<(PrefixListPeer List, IpFamily Family, int Weight)> Of(Scope scope) => _lists[scope];

    /// <summary>Makes the lists of a scope, once.</summary>
    public void Add(Scope scope, EstateBuilder estate, LargeIds ids)
    {
        if (_lists.ContainsKey(scope)) return;
        var number = _lists.Count * 3;
        var offices = Customer(number, "offices", IpFamily.V4, 8, "192.0.2.0/27", "192.0.2.64/28", "192.0.2.128/25");
        var partners = Customer(number + 1, "partners", IpFamily.V4, 5, "198.51.100.0/24", "203.0.113.0/24");
        var officesV6 = Customer(number + 2, "offices-v6", IpFamily.V6, 4, "2001:db8:ff1:ce00::/56");
        var storage = new PrefixListId(Regions.First(r => r.Region == scope.Region).StorageList);
        if (_storage.Add(scope.Region))
        {
            // AWS shows one list under one id to every account of a Region; an estate holds it once.
            estate.Add(new PrefixList(storage, scope)
            {
                Name = $"com.amazonaws.{scope.Region}.s3",
                Owner = "AWS",
                Entries = [.. StorageBlocks.Select(c => new PrefixListEntry(c, string.Empty))],
            });
        }

        _lists[scope] = [(offices, IpFamily.V4, 8), (partners, IpFamily.V4, 5), (officesV6, IpFamily.V6, 4), (new PrefixListPeer(storage), IpFamily.V4, 1)];

        PrefixListPeer Customer(int n, string name, IpFamily family, int maxEntries, params string[] cidrs)
        {
            var id = new PrefixListId(ids.Of("pl", n));
            estate.Add(new PrefixList(id, scope)
            {
                Name = name,
                Owner = scope.Account,
                Family = family,
                MaxEntries = maxEntries,
                Version = 1,
                Entries = [.. cidrs.Select(c => new PrefixListEntry(Cidr.Parse(c), string.Empty)).OrderBy(e => e.Cidr)],
            });
            return new PrefixListPeer(id);
        }
    }
}
