using System.Collections.Immutable;
using Sallyport.Estates.Files;

namespace Sallyport.Cli.Sources;

/// <summary>What to read and how, as the command line said it.</summary>
internal sealed record SourceRequest
{
    /// <summary>Paths, <c>-</c> or <c>live</c>, as written.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Profile of the shared AWS configuration; null for the default chain.</summary>
    public string? Profile { get; init; }

    /// <summary>Regions to read live, or <c>all</c>; empty for the configured one.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Roles to assume; each adds its account to a live read. Empty reads the caller's own account.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Account of files that do not say theirs.</summary>
    public string? Account { get; init; }

    /// <summary>Values of the parameters that CloudFormation templates declare.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Names of the parameters that the templates read for this request declare.</summary>
    public ParameterNames ParameterNames { get; init; } = new();

    /// <summary>True when more is read for the request after these sources: it may have the parameters that these lack.</summary>
    public bool HasMore { get; init; }

    /// <summary>Accept an incomplete or empty read.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>Per request to AWS.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Say notes too.</summary>
    public bool Verbose { get; init; }

    /// <summary>Log every AWS call.</summary>
    public bool Debug { get; init; }
}
