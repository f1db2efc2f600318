using System.Collections.Immutable;

namespace Sallyport.Auditing;

/// <summary>What the needs of rules mean for a run.</summary>
public static class AuditNeeds
{
    /// <summary>False for what comes beside the estate: a connections file, traffic, events, code, settings.</summary>
    public static bool IsGivenByEstates(this AuditNeed need) => need < AuditNeed.Configuration;

    /// <summary>Needs that no evaluator of this version can meet: rules with one of them are listed, never judged.</summary>
    public static ImmutableArray<AuditNeed> Unmet { get; } = [AuditNeed.FlowLogs, AuditNeed.Events];
}
