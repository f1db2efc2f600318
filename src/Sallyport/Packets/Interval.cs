namespace Sallyport.Packets;

/// <summary>Points of the <see cref="ServiceLine"/> from <paramref name="First"/> to <paramref name="Last"/>, inclusive.</summary>
public readonly record struct Interval(int First, int Last);
