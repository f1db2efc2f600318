using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>What one layer by itself does to the services asked for; what is in neither set it stops for some pair.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Passes">What it certainly lets through for every pair.</param>
/// <param name="Unknown">What a gap decides for some pair, and it stops for none.</param>
public sealed record LayerAnswer(Layer Layer, ServiceSet Passes, ServiceSet Unknown);
