using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connections;

/// <summary>An end that is no security group: blocks or a prefix list, exactly one of them.</summary>
/// <param name="Name">Its name in the file.</param>
public sealed record ExternalDeclaration(string Name)
{
    /// <summary>Blocks; empty when <see cref="PrefixList"/> is given.</summary>
    public ImmutableArray<Cidr> Cidrs { get; init; } = [];

    /// <summary>Id or name of a prefix list; null when <see cref="Cidrs"/> are given.</summary>
    public string? PrefixList { get; init; }

    /// <summary>True opts in to a /0 block.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Who answers for it; null when not said.</summary>
    public string? Owner { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan? At { get; init; }
}
