using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>One block of a prefix list.</summary>
public readonly record struct PrefixListEntry(Cidr Cidr, string Description);
