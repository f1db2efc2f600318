using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Aws.Files;

/// <summary>Standard input, read as a file without a name.</summary>
public sealed class StreamEstateSource(Func<Stream> open, Scope fallback, ImmutableArray<IEstateFormat> formats) : IEstateSource
{
    /// <inheritdoc/>
    public string Name => "<stdin>";

    /// <summary>Values of the parameters that a template declares.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, CancellationToken cancellationToken) =>
        // A read of a terminal or pipe cannot be cancelled, so it is left behind on its own thread.
        Task.Run(() => Read(builder, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    private IReadOnlyList<Diagnostic> Read(EstateBuilder builder, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = open();
            return new EstateFileReader(formats).Read(stream, new EstateFile(Name) { Fallback = fallback, Parameters = Parameters }, builder, cancellationToken);
        }
        catch (IOException e)
        {
            return [EstateDiagnostics.Unreadable(Name, e.Message)];
        }
    }
}
