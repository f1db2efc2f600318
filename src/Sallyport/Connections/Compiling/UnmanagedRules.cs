namespace Sallyport.Connections.Compiling;

/// <summary><c>settings.unmanagedRules</c>.</summary>
public enum UnmanagedRules
{
    /// <summary>Rules that nothing declares are revoked, each shown in the plan.</summary>
    Revoke,

    /// <summary>They stay and are listed.</summary>
    Report,
}
