using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Benchmarks.Auditing;

/// <summary>Takes findings as they come and keeps none.</summary>
internal sealed class FindingCounter : IAuditObserver
{
    public int Count { get; private set; }

    public void Begin(AuditScope scope, ImmutableArray<EstateGap> gaps) => Count = 0;

    public void Add(Finding finding) => Count++;
}
