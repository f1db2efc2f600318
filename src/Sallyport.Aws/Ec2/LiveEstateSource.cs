using Sallyport.Aws.Ec2.Query;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2;

/// <summary>
/// Reads one account through the EC2 API. What a Region or a call refuses becomes a gap; only when nothing can be read at all is
/// there an error.
/// </summary>
public sealed class LiveEstateSource : IEstateSource
{
    private readonly LiveOptions _options;

    private LiveEstateSource(LiveOptions options) => _options = options;

    /// <inheritdoc/>
    public string Name => "live";

    /// <summary>A source that opens its own session each time it reads.</summary>
    public static LiveEstateSource Create(LiveOptions options) => new(options);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, CancellationToken cancellationToken)
    {
        var opened = await AwsSession.OpenAsync(_options, cancellationToken);
        using var session = opened.Value;
        if (session is null) return opened.Diagnostics;
        IReadOnlyList<string> regions;
        try
        {
            regions = await RegionsAsync(session, cancellationToken);
        }
        catch (Ec2Exception e)
        {
            return [Ec2Diagnostics.RegionsUnknown(e)];
        }

        var readers = regions.Select(r => new LiveRegionReader(session.Client(r), builder)).ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.MaxParallelRegions), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(readers, parallel, async (reader, token) => await reader.ReadAsync(token));
        var failures = readers.ConvertAll(r => r.GroupsFailure);
        return failures.Count > 0 && failures.TrueForAll(f => f is not null) && failures.Exists(f => f!.Kind != FailureKind.Refused)
            ? [Ec2Diagnostics.NothingRead(failures[0]!)]
            : opened.Diagnostics;
    }

    private async Task<IReadOnlyList<string>> RegionsAsync(AwsSession session, CancellationToken cancellationToken)
    {
        if (_options.Regions.IsEmpty) return [session.HomeRegion];
        if (!_options.Regions.Contains(RegionName.All)) return [.. _options.Regions.Distinct().Order(StringComparer.Ordinal)];
        var all = await session.Client(session.HomeRegion).DescribeRegionsAsync(cancellationToken);
        // The names become host names: an endpoint that is not AWS's does not choose where we send signed requests.
        return [.. all.Where(RegionName.IsValid)];
    }
}
