using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Aws;

/// <summary>What <see cref="EstateSources.Open"/> needs beside the source's name.</summary>
public sealed record SourceOptions
{
    /// <summary>Account of things that do not say theirs (<c>--account</c>); null when not given.</summary>
    public string? Account { get; init; }

    /// <summary>Region of things that do not say theirs (<c>--region</c>, when given once); null when not given.</summary>
    public string? Region { get; init; }

    /// <summary>Values of the parameters that templates declare (<c>--parameter</c>).</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Takes the names of the parameters that templates declare; null when nobody asks.</summary>
    public ParameterNames? ParameterNames { get; init; }

    /// <summary>Opens standard input for the source <c>-</c>; null where there is none, as in a server.</summary>
    public Func<Stream>? StandardInput { get; init; }

    /// <summary>Makes the source <c>live</c>; null where it is not offered.</summary>
    public Func<IEstateSource>? Live { get; init; }
}
