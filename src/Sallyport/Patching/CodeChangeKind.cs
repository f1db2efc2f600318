namespace Sallyport.Patching;

/// <summary>What happens to a rule in the code.</summary>
public enum CodeChangeKind
{
    /// <summary>It is written down.</summary>
    Add,

    /// <summary>It is taken out.</summary>
    Remove,

    /// <summary>It gets another description.</summary>
    Describe,
}
