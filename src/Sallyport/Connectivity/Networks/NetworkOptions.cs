namespace Sallyport.Connectivity.Networks;

/// <summary>What is assumed about networks that no reading tells.</summary>
public sealed record NetworkOptions
{
    /// <summary>First port a client may send from, 1024 by default.</summary>
    public int EphemeralFirst { get; init; } = 1024;

    /// <summary>Last port a client may send from, inclusive; 65535 by default.</summary>
    public int EphemeralLast { get; init; } = 65_535;
}
