namespace Sallyport.Drift;

/// <summary>In what a rule differs from its declaration.</summary>
public enum DriftKind
{
    /// <summary>Declared and not there.</summary>
    Missing,

    /// <summary>There and not declared.</summary>
    Undeclared,

    /// <summary>There and declared, made by Sallyport, with another description or other owners than declared.</summary>
    Text,
}
