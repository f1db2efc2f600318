namespace Sallyport.Packets;

/// <summary>Addresses of one family from <paramref name="First"/> to <paramref name="Last"/>, inclusive at both ends.</summary>
public readonly record struct AddressRange(AddressNumber First, AddressNumber Last);
