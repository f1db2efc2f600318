namespace Sallyport.Connectivity;

/// <summary>The answer to "does this get through?"; the order is the one in which a denial names the first that blocks.</summary>
public enum Verdict
{
    /// <summary>Everything asked for gets through, for every pair.</summary>
    Allowed,

    /// <summary>Some of it does, for some pair; or the answer gets back to part of the ephemeral ports only.</summary>
    Partly,

    /// <summary>The source's groups stop it.</summary>
    DeniedAtEgress,

    /// <summary>A network ACL stops it or its answer.</summary>
    DeniedAtNacl,

    /// <summary>No route leads there, or back.</summary>
    NoRoute,

    /// <summary>The target's groups stop it.</summary>
    DeniedAtIngress,

    /// <summary>It depends on something that was not read.</summary>
    Unknown,
}
