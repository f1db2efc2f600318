using Sallyport.Diagnostics;

namespace Sallyport.Estates;

/// <summary>Somewhere an estate can be read from: files, a snapshot, a live account.</summary>
public interface IEstateSource
{
    /// <summary>What to call it in messages: the path or <c>live</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Reads into the builder, which merges several sources. What cannot be read becomes a gap in the builder; input that cannot
    /// be understood becomes a returned diagnostic, and then nothing of that file is in the builder.
    /// </summary>
    Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, CancellationToken cancellationToken);
}
