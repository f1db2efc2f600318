using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Fixing;

/// <summary>Services that members of a group may use over the internet on some members of another.</summary>
/// <param name="Far">The group whose members are used.</param>
/// <param name="Family">Family of the addresses.</param>
/// <param name="Targets">Those members, as the internet knows them.</param>
/// <param name="Admitted">What the far group admits and the network carries; the near group's egress may hold less of it.</param>
internal sealed record InternetMeeting(SecurityGroup Far, IpFamily Family, PublicEnds Targets, ServiceSet Admitted);
