namespace Sallyport.Connections;

/// <summary><c>sides</c> of a connection.</summary>
public enum ConnectionSides
{
    /// <summary>Egress on the source and ingress on the target.</summary>
    Both,

    /// <summary>Only the target's ingress.</summary>
    Ingress,

    /// <summary>Only the source's egress.</summary>
    Egress,
}
