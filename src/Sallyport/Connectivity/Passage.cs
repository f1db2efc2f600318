using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>
/// A three-valued answer for every service: let through, not known because something was not read, or stopped (all the rest).
/// <see cref="Allowed"/> and <see cref="Unknown"/> are disjoint.
/// </summary>
public readonly record struct Passage
{
    private readonly ServiceSet? _allowed;

    private readonly ServiceSet? _unknown;

    /// <summary>Of what is given twice, allowed wins: rules only ever add.</summary>
    public Passage(ServiceSet allowed, ServiceSet unknown)
    {
        _allowed = allowed;
        _unknown = unknown.Subtract(allowed);
    }

    /// <summary>Stops everything.</summary>
    public static Passage Nothing { get; }

    /// <summary>Lets everything through.</summary>
    public static Passage Everything { get; } = new(ServiceSet.Any, ServiceSet.Empty);

    /// <summary>Nothing is known.</summary>
    public static Passage NotKnown { get; } = new(ServiceSet.Empty, ServiceSet.Any);

    /// <summary>Let through whatever the gaps hold.</summary>
    public ServiceSet Allowed => _allowed ?? ServiceSet.Empty;

    /// <summary>Depends on a gap.</summary>
    public ServiceSet Unknown => _unknown ?? ServiceSet.Empty;

    /// <summary>Not certainly stopped.</summary>
    public ServiceSet Possible => Allowed.Union(Unknown);

    /// <summary>Everything is certainly stopped.</summary>
    public bool IsNothing => Allowed.IsEmpty && Unknown.IsEmpty;

    /// <summary>What passes both of two layers.</summary>
    public Passage And(Passage other) =>
        new(Allowed.Intersect(other.Allowed), Unknown.IsEmpty && other.Unknown.IsEmpty ? ServiceSet.Empty : Possible.Intersect(other.Possible));

    /// <summary>What passes either of two rules.</summary>
    public Passage Or(Passage other) => new(Allowed.Union(other.Allowed), Unknown.Union(other.Unknown));

    /// <summary>The answer for these services only; of others nothing is let through.</summary>
    public Passage Within(ServiceSet services) => new(Allowed.Intersect(services), Unknown.Intersect(services));
}
