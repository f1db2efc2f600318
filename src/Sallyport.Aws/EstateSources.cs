using System.Collections.Immutable;
using Sallyport.Aws.Files;
using Sallyport.CloudFormation;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;
using Sallyport.Estates.Snapshots;
using Sallyport.Terraform;
using Sallyport.Terraform.Plans;

namespace Sallyport.Aws;

/// <summary>Every kind of source there is. A new file format is one line in <see cref="Formats"/>.</summary>
public static class EstateSources
{
    /// <summary>Standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The account behind the usual credentials; a file of that name is written <c>./live</c>.</summary>
    public const string Live = "live";

    /// <summary>File formats in the order they are asked; AWS CLI JSON takes what no other recognised, so it stays last.</summary>
    public static ImmutableArray<IEstateFormat> Formats { get; } = [new SnapshotFormat(), new TerraformPlanFormat(), new CloudFormationFormat(), new TerraformFormat(), new AwsCliFormat()];

    /// <summary>The source of a name: <c>live</c>, <c>-</c>, or a file or folder. Nothing is opened before it is read.</summary>
    public static IEstateSource Open(string source, SourceOptions options) => source switch
    {
        Live => options.Live?.Invoke() ?? new UnavailableSource(source),
        _ when PlanSideOf(source) is var (path, side) => OpenAs(path, options, [new TerraformPlanFormat(side)]),
        _ => OpenAs(source, options, Formats),
    };

    private static IEstateSource OpenAs(string source, SourceOptions options, ImmutableArray<IEstateFormat> formats) => source switch
    {
        StandardInput => options.StandardInput is { } open ? new StreamEstateSource(open, FallbackOf(options), formats) { Parameters = options.Parameters, ParameterNames = options.ParameterNames } : new UnavailableSource(source),
        _ => new FileEstateSource(source, FallbackOf(options), formats) { Parameters = options.Parameters, ParameterNames = options.ParameterNames },
    };

    /// <summary>
    /// Whether a path holds an estate, rather than a connections file: a folder, or a file that some format recognises. False for what
    /// cannot be opened: whoever reads it says why.
    /// </summary>
    public static bool IsEstate(string path)
    {
        if (Directory.Exists(path)) return true;
        try
        {
            using var stream = File.OpenRead(path);
            var head = EstateFileReader.HeadOf(stream, new EstateFile(path));

            // JSON is YAML, and a connections file may be written so.
            return head.First != '\0' && !head.Keys.ContainsKey("connections") && Formats.Any(f => f.Recognises(head));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or InvalidDataException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Reads several sources into one estate. Returns the builder, unbuilt, so that the caller can see whether anything was read.</summary>
    public static async Task<(EstateBuilder Builder, ImmutableArray<Diagnostic> Said)> ReadAsync(IEnumerable<IEstateSource> sources, CancellationToken cancellationToken)
    {
        var builder = new EstateBuilder();
        var said = ImmutableArray.CreateBuilder<Diagnostic>();
        var all = sources.ToList();

        // A name of code that another unit may have too needs the unit's path in front.
        var units = 0;
        if (all is not [ICodeSource { IsOneUnit: true }])
        {
            foreach (var source in all.OfType<ICodeSource>()) units += await source.CountUnitsAsync(cancellationToken);
        }

        foreach (var source in all)
        {
            said.AddRange(source is ICodeSource code
                ? await code.ReadAsync(builder, units > 1 ? all.Count > 1 ? UnitNames.WithSource : UnitNames.WithinSource : UnitNames.None, cancellationToken)
                : await source.ReadAsync(builder, cancellationToken));
        }

        said.AddRange(builder.Contradictions());
        return (builder, said.ToImmutable());
    }

    /// <summary>
    /// The path and the side that <c>PLAN.json#before</c> and <c>PLAN.json#after</c> name; null for everything else, also for a file that is
    /// really called so.
    /// </summary>
    private static (string Path, PlanSide Side)? PlanSideOf(string source)
    {
        if (Path.Exists(source)) return null;
        foreach (var side in Enum.GetValues<PlanSide>())
        {
            var ending = $"#{side.ToString().ToLowerInvariant()}";
            if (source.Length > ending.Length && source.EndsWith(ending, StringComparison.Ordinal)) return (source[..^ending.Length], side);
        }

        return null;
    }

    private static Scope FallbackOf(SourceOptions options) => new(options.Account ?? string.Empty, options.Region ?? string.Empty);

    private sealed class UnavailableSource(string name) : IEstateSource
    {
        public string Name => name;

        public Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Diagnostic>>([EstateDiagnostics.NotAvailable(name)]);
    }
}
