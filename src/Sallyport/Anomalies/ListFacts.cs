using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies;

/// <summary>A prefix list's entries as sets.</summary>
internal sealed class ListFacts
{
    public ListFacts(ImmutableArray<PrefixListEntry> entries)
    {
        V4 = AddressSet.Of(IpFamily.V4, entries.Select(e => e.Cidr));
        V6 = AddressSet.Of(IpFamily.V6, entries.Select(e => e.Cidr));
        Blocks = [.. V4.ToCidrs(), .. V6.ToCidrs()];
    }

    public AddressSet V4 { get; }

    public AddressSet V6 { get; }

    /// <summary>The fewest disjoint blocks that make up the list: every block inside the list is inside one of them.</summary>
    public ImmutableArray<Cidr> Blocks { get; }

    public AddressSet Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;
}
