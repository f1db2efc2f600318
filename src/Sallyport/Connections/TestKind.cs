namespace Sallyport.Connections;

/// <summary>Kinds of <see cref="ConnectionTest"/>.</summary>
public enum TestKind
{
    /// <summary>Every member pair reaches on every service.</summary>
    Must,

    /// <summary>No pair reaches on any of the services, now and whatever the membership.</summary>
    Never,

    /// <summary>Nobody but the named reaches.</summary>
    Only,
}
