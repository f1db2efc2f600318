using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Aws.Files;

/// <summary>Standard input, read as a file without a name.</summary>
public sealed class StreamEstateSource(Func<Stream> open, Scope fallback, ImmutableArray<IEstateFormat> formats) : ICodeSource
{
    /// <inheritdoc/>
    public string Name => "<stdin>";

    /// <summary>Values of the parameters that a template declares.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Takes the names of the parameters that templates declare; null when nobody asks.</summary>
    public ParameterNames? ParameterNames { get; init; }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, CancellationToken cancellationToken) =>
        ((ICodeSource)this).ReadAsync(builder, UnitNames.None, cancellationToken);

    bool ICodeSource.IsOneUnit => true;

    // What has not come yet cannot be judged, so it counts as code: that lengthens names, and never mixes them up.
    Task<int> ICodeSource.CountUnitsAsync(CancellationToken cancellationToken) => Task.FromResult(1);

    Task<IReadOnlyList<Diagnostic>> ICodeSource.ReadAsync(EstateBuilder builder, UnitNames names, CancellationToken cancellationToken) =>
        // A read of a terminal or pipe cannot be cancelled, so it is left behind on its own thread.
        Task.Run(() => Read(builder, names, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    private IReadOnlyList<Diagnostic> Read(EstateBuilder builder, UnitNames names, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = open();
            return new EstateFileReader(formats).Read(stream, new EstateFile(Name) { Fallback = fallback, Parameters = Parameters, ParameterNames = ParameterNames, Unit = names == UnitNames.None ? string.Empty : Name }, builder, cancellationToken);
        }
        catch (IOException e)
        {
            return [EstateDiagnostics.Unreadable(Name, e.Message)];
        }
    }
}
