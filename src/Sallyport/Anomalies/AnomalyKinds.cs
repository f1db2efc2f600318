using System.Collections.Immutable;

namespace Sallyport.Anomalies;

/// <summary>The kinds with the ids by which documents and people call them.</summary>
public static class AnomalyKinds
{
    private static readonly ImmutableArray<string> Codes =
    [
        "DUP", "RED1", "REDU", "REDA", "GEN", "MRG", "OVL", "ONE-I", "ONE-E", "PART", "VAC", "SHD", "IRR", "ASYM6", "EXP/OWN",
    ];

    /// <summary>Every kind, in the order of the reference.</summary>
    public static ImmutableArray<AnomalyKind> All { get; } = [.. Enum.GetValues<AnomalyKind>()];

    /// <summary>Such as <c>RED1</c>.</summary>
    public static string CodeOf(AnomalyKind kind) => Codes[(int)kind];

    /// <summary>The kind of a code in any letter case; null when there is none.</summary>
    public static AnomalyKind? Find(string code)
    {
        foreach (var kind in All)
        {
            if (string.Equals(CodeOf(kind), code, StringComparison.OrdinalIgnoreCase)) return kind;
        }

        return null;
    }

    /// <summary>Whether a program may mend an anomaly of that kind without asking, at best: never what rests on the snapshot.</summary>
    public static FixSafety SafetyOf(AnomalyKind kind) => kind switch
    {
        AnomalyKind.Subsumed or AnomalyKind.UnionRedundant or AnomalyKind.Mergeable => FixSafety.Yes,
        AnomalyKind.Duplicate or AnomalyKind.AttachmentRedundant or AnomalyKind.Vacuous or AnomalyKind.Irrelevant => FixSafety.Propose,
        AnomalyKind.OneSidedIngress or AnomalyKind.OneSidedEgress or AnomalyKind.PartlyOneSided or AnomalyKind.ExpiredOrUnowned => FixSafety.Ask,
        _ => FixSafety.Never,
    };
}
