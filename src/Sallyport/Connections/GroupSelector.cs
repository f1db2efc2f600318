using Sallyport.Estates;

namespace Sallyport.Connections;

/// <summary>Finds groups in an estate: every condition given must hold.</summary>
public sealed record GroupSelector
{
    /// <summary>VPC id or Name tag; null for any.</summary>
    public string? Vpc { get; init; }

    /// <summary>Exact group name; null for any.</summary>
    public string? Name { get; init; }

    /// <summary>Account; null for any.</summary>
    public string? Account { get; init; }

    /// <summary>Region; null for any.</summary>
    public string? Region { get; init; }

    /// <summary>Tags that must all be there with these values.</summary>
    public Tags Tags { get; init; } = Tags.None;
}
