namespace Sallyport.Connections;

/// <summary><c>peerAs</c> of a connection.</summary>
public enum PeerForm
{
    /// <summary>By group where EC2 permits a reference, else refused with a diagnostic that says what to write.</summary>
    Auto,

    /// <summary>By group, always.</summary>
    Group,

    /// <summary>By the addresses of the other group's interfaces (behind a middlebox, transit gateway egress, other Region).</summary>
    Cidr,
}
