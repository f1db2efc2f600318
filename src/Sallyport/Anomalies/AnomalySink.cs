using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Anomalies;

/// <summary>Where finders put what they find: fills in all that a finder need not say, and drops what nobody asked for.</summary>
internal sealed class AnomalySink(AnomalyOptions options)
{
    // Of nearly every group there is nothing to say.
    private static readonly AnomalyReport Nothing = new([], []);

    private readonly List<Anomaly> _anomalies = [];
    private HashSet<AnomalyDoubt>? _doubts;

    /// <summary>True when anomalies of that kind are wanted.</summary>
    public bool Wants(AnomalyKind kind) => options.Wants(kind);

    /// <summary>Objects to a rule.</summary>
    /// <param name="kind">What is odd.</param>
    /// <param name="side">Its group and direction.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="text">The sentence without the group, which is put before it.</param>
    /// <param name="fix">What an automatic fix would do.</param>
    /// <param name="others">Other rules that matter.</param>
    /// <param name="interfaces">Interfaces it rests on.</param>
    /// <param name="basis">What may make it stale.</param>
    public void Report(
        AnomalyKind kind, GroupSide side, SecurityGroupRule rule, string text, string fix,
        IEnumerable<RuleOfGroup>? others = null, IEnumerable<NetworkInterfaceId>? interfaces = null, AnomalyBasis basis = AnomalyBasis.Symbolic)
    {
        if (!Wants(kind)) return;
        _anomalies.Add(new Anomaly
        {
            Kind = kind,
            Group = side.Group.Id,
            Rule = rule,
            Message = $"{side.Group.Id}: {text}",
            Fix = new AnomalyFix(SafetyOf(kind, basis), fix),
            Others = others is null ? [] : [.. others.OrderBy(o => o.Group).ThenBy(o => o.Rule.Key)],
            Interfaces = interfaces is null ? [] : interfaces is ImmutableArray<NetworkInterfaceId> sorted ? sorted : [.. interfaces.Distinct().Order()],
            Basis = basis,
            At = rule.File is { } file ? new SourceSpan(file, rule.Line) : side.Group.At,
        });
    }

    /// <summary>Objects to a declaration of a connections file.</summary>
    public void Report(AnomalyKind kind, string declaration, string message, string fix, SourceSpan? at)
    {
        if (!Wants(kind)) return;
        _anomalies.Add(new Anomaly { Kind = kind, Declaration = declaration, Message = message, Fix = new AnomalyFix(AnomalyKinds.SafetyOf(kind), fix), At = at });
    }

    /// <summary>Says that a rule, or every rule of the group, cannot be judged; the same gap twice is one.</summary>
    public void Doubt(AnomalyKind kind, GroupSide side, SecurityGroupRule? rule, string gap)
    {
        if (Wants(kind)) (_doubts ??= []).Add(new AnomalyDoubt(kind, side.Group.Id, rule, gap));
    }

    // What is true only of the snapshot may be otherwise by the time somebody mends it.
    private static FixSafety SafetyOf(AnomalyKind kind, AnomalyBasis basis) =>
        AnomalyKinds.SafetyOf(kind) is FixSafety.Yes && basis != AnomalyBasis.Symbolic ? FixSafety.Propose : AnomalyKinds.SafetyOf(kind);

    /// <summary>Everything so far, sorted: by rule, then kind.</summary>
    public AnomalyReport ToReport() => _anomalies.Count == 0 && _doubts is null ? Nothing : new(
        [.. _anomalies.OrderBy(a => a.Rule?.Key).ThenBy(a => a.Kind).ThenBy(a => a.Message, StringComparer.Ordinal)],
        [.. (_doubts ?? []).OrderBy(d => d.Rule?.Key).ThenBy(d => d.Kind).ThenBy(d => d.Gap, StringComparer.Ordinal)]);
}
