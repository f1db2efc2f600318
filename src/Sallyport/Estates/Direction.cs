namespace Sallyport.Estates;

/// <summary>As seen from the group that owns the rule.</summary>
public enum Direction
{
    /// <summary>Traffic into the group's interfaces.</summary>
    Ingress,

    /// <summary>Traffic out of the group's interfaces.</summary>
    Egress,
}
