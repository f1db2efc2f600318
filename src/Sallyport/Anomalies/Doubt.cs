using Sallyport.Packets;

namespace Sallyport.Anomalies;

/// <summary>Services of which it is not known who may use them.</summary>
/// <param name="Services">Which.</param>
/// <param name="Gap">One clause: what is missing.</param>
internal sealed record Doubt(Interval Services, string Gap);
