namespace Sallyport.Packets;

/// <summary>One entry of the IANA registries of addresses that are not part of the public Internet's unicast space.</summary>
/// <param name="Cidr">The block.</param>
/// <param name="Name">The registry's name for it.</param>
/// <param name="Source">The document the registry cites.</param>
public sealed record SpecialPurposeBlock(Cidr Cidr, string Name, string Source);
