namespace Sallyport.Lab.Throttling;

/// <summary>Size of a bucket.</summary>
/// <param name="Capacity">Calls that may come at once.</param>
/// <param name="RefillPerSecond">Calls a second afterwards; may be a fraction.</param>
internal readonly record struct BucketSize(int Capacity, double RefillPerSecond);
