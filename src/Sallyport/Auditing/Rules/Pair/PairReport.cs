using Sallyport.Anomalies;
using Sallyport.Anomalies.Pairs;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Pair;

/// <summary>What the two one-sided rules share: each speaks of the rules of one direction.</summary>
internal static class PairReport
{
    public static void OneSided(AuditRule rule, GroupFacts group, Direction direction, AuditSink sink, Func<PairJudgement, string, string> describe)
    {
        foreach (var judgement in group.Pairs)
        {
            if (judgement.Rule.Direction != direction) continue;
            if (judgement is { Kind: PairKind.Unknown, IsPartlyCovered: false })
            {
                sink.Doubt(rule, group, judgement.Gaps.Select(g => $"{judgement.Rule.Key}: {g}"));
            }
            else if (judgement.Kind == PairKind.OneSided)
            {
                sink.Report(rule, group, describe(judgement, Name(judgement)), [judgement.Rule], basis: PairReport.BasisOf(judgement));
            }
        }
    }

    /// <summary>What the judgement rests on, in the words of findings.</summary>
    public static FindingBasis BasisOf(PairJudgement judgement) => judgement.Basis switch
    {
        AnomalyBasis.Symbolic => FindingBasis.Symbolic,
        AnomalyBasis.Invariant => FindingBasis.Invariant,
        _ => FindingBasis.Snapshot,
    };

    /// <summary>The far group by id and, when it has one, name.</summary>
    public static string Name(PairJudgement judgement) =>
        judgement.Peer is { Name.Length: > 0 } peer ? $"{peer.Id} ({peer.Name})" : judgement.Rule.Peer.ToString()!;
}
