namespace Sallyport.Connectivity.Networks;

/// <summary>Settings of <see cref="NetworkLayers"/>.</summary>
public sealed record NetworkOptions;
