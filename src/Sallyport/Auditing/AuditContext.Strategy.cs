using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing;

internal sealed partial class AuditContext
{
    private StrategyFacts? _strategy;

    /// <summary>What rules about names, use, sprawl, quotas, tiers and environments share.</summary>
    public StrategyFacts Strategy => LazyInitializer.EnsureInitialized(ref _strategy, () => new StrategyFacts(this));
}
