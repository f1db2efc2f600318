namespace Sallyport.Planning;

/// <summary>When live traffic notices a step. (reference: ec2-semantics §6.3)</summary>
public enum TakesEffect
{
    /// <summary>At once: something is added, or untracked flows may be cut.</summary>
    Immediately,

    /// <summary>Tracked connections live on until they end or idle out; only new ones are refused.</summary>
    NewConnections,
}
