using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sallyport.Auditing.Exposure;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing;

internal sealed partial class AuditContext
{
    private StrategyFacts? _strategy;
    private StrongBox<ImmutableArray<JoinedWorld>>? _joinedWorlds;

    /// <summary>What groups on one interface open to the world only together.</summary>
    public ImmutableArray<JoinedWorld> JoinedWorlds => LazyInitializer.EnsureInitialized(ref _joinedWorlds, () => new(JoinedWorld.Find(this))).Value;

    /// <summary>What rules about names, use, sprawl, quotas, tiers and environments share.</summary>
    public StrategyFacts Strategy => LazyInitializer.EnsureInitialized(ref _strategy, () => new StrategyFacts(this));
}
