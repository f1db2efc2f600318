using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Connections;

/// <summary>One managed group: exactly one of <paramref name="Sg"/> and <paramref name="Select"/> is given.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Sg">Its id.</param>
/// <param name="Select">How to find it in an estate; must resolve to at least one group.</param>
public sealed record GroupDeclaration(string Name, SecurityGroupId? Sg, GroupSelector? Select)
{
    /// <summary>Who answers for it; null when not said.</summary>
    public string? Owner { get; init; }

    /// <summary>True when others manage its rules: it may be a peer, nothing on it is changed (<c>readOnly: true</c>).</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan? At { get; init; }
}
