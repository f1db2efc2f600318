using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>Takes services away without cutting any: what is left of a service that is only partly known stays whole.</summary>
internal static class ServiceRemainder
{
    /// <summary>
    /// The services of a set that are not wholly in the other. An exact difference would turn "any but tcp/443" into hundreds of
    /// rules; a rule that says a little of what another says is harmless.
    /// </summary>
    public static ServiceSet Without(this ServiceSet services, ServiceSet known) =>
        known.IsEmpty || services.IsEmpty ? services
        : services.IsSubsetOf(known) ? ServiceSet.Empty
        : ServiceSet.Of(services.ToServices().Where(s => !known.Contains(s)));
}
