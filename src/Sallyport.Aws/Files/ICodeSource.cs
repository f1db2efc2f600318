using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Files;

/// <summary>A source that may hold units of code: modules, templates, plans.</summary>
internal interface ICodeSource : IEstateSource
{
    /// <summary>True when it is known at once that there is no more than one.</summary>
    bool IsOneUnit { get; }

    /// <summary>How many there are; beyond one the number does not matter.</summary>
    Task<int> CountUnitsAsync(CancellationToken cancellationToken);

    /// <summary>Reads as <see cref="IEstateSource.ReadAsync"/> does, with made-up ids that begin so.</summary>
    Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, UnitNames names, CancellationToken cancellationToken);
}
