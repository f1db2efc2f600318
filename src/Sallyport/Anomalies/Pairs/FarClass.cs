using Sallyport.Estates;

namespace Sallyport.Anomalies.Pairs;

/// <summary>Interfaces of one class that a peer stands for.</summary>
/// <param name="Class">Their class.</param>
/// <param name="First">One of them.</param>
/// <param name="Second">Another; null when there is none.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct FarClass(InterfaceClass Class, NetworkInterfaceId First, NetworkInterfaceId? Second, int Count);
