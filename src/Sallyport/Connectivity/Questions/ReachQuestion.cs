using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>Do these reach those?</summary>
/// <param name="From">Who opens the connection.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Services">On which services; null asks which ones get through.</param>
/// <param name="IsEffective">False for the groups alone, true for ACLs, routes and public addresses as well.</param>
public sealed record ReachQuestion(EndpointSet From, EndpointSet To, ServiceSet? Services = null, bool IsEffective = false);
