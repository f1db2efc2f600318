using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>Who wants findings while the audit still runs. Called by one thread at a time, in an order that is always the same.</summary>
public interface IAuditObserver
{
    /// <summary>Before anything is judged.</summary>
    void Begin(AuditScope scope, ImmutableArray<EstateGap> gaps);

    /// <summary>A finding that the report lists: first those of the whole estate, then group by group in the estate's order.</summary>
    void Add(Finding finding);
}
