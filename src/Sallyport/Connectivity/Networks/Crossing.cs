using System.Collections.Immutable;

namespace Sallyport.Connectivity.Networks;

/// <summary>Borders a packet crosses on one stretch of its way.</summary>
/// <param name="Ways">One list of borders for each way it may take; more than one when a transit gateway may use several subnets.</param>
/// <param name="IsContested">True when the packet may not come here at all, because an unread route may lead it elsewhere.</param>
internal readonly record struct Crossing(ImmutableArray<ImmutableArray<AclPass>> Ways, bool IsContested);
