using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>A group whose interfaces were not read, judged by its rules alone.</summary>
/// <param name="Group">The group.</param>
/// <param name="Allowed">Services that get through whoever carries it.</param>
/// <param name="Unknown">Services of which a gap decides.</param>
public sealed record ReachedGroup(SecurityGroup Group, ServiceSet Allowed, ServiceSet Unknown);
