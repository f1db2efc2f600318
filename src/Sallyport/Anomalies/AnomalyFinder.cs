using System.Collections.Immutable;
using Sallyport.Anomalies.Attachments;
using Sallyport.Anomalies.Declarations;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Anomalies.Pairs;
using Sallyport.Anomalies.Paths;
using Sallyport.Anomalies.Peers;
using Sallyport.Estates;

namespace Sallyport.Anomalies;

/// <summary>
/// Looks for anomalies group by group, so that what is worked out for a group can be dropped with it. Equal estates and options give
/// equal reports. One finder serves one caller at a time, unless a constructor says more.
/// </summary>
public sealed class AnomalyFinder
{
    private readonly EstateFacts _facts;
    private readonly AnomalyOptions _options;
    private readonly ImmutableArray<KindFinder> _finders;

    /// <summary>Prepares to look; nothing is judged yet.</summary>
    public AnomalyFinder(Estate estate, AnomalyOptions options)
        : this(new EstateFacts(estate), options)
    {
    }

    /// <summary>The same with facts at hand. For the kinds MRG, REDA and ASYM6 it serves several callers at a time.</summary>
    internal AnomalyFinder(EstateFacts facts, AnomalyOptions options)
    {
        _facts = facts;
        _options = options;
        _finders = [.. Wanted(facts, options)];
    }

    /// <summary>Judges every group, and the declarations of the options.</summary>
    public static AnomalyReport Find(Estate estate, AnomalyOptions options)
    {
        var finder = new AnomalyFinder(estate, options);
        var anomalies = ImmutableArray.CreateBuilder<Anomaly>();
        var doubts = ImmutableArray.CreateBuilder<AnomalyDoubt>();
        foreach (var report in estate.SecurityGroups.Select(finder.FindIn).Append(finder.FindInDeclarations()))
        {
            anomalies.AddRange(report.Anomalies);
            doubts.AddRange(report.Doubts);
        }

        return new AnomalyReport(anomalies.DrainToImmutable(), doubts.DrainToImmutable());
    }

    /// <summary>Judges one group of the estate in both directions.</summary>
    public AnomalyReport FindIn(SecurityGroup group)
    {
        var sink = new AnomalySink(_options);
        var members = new Lazy<GroupMembers>(() => new GroupMembers(_facts, group));
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var side = new GroupSide(_facts, group, direction, members);
            foreach (var finder in _finders) finder.Find(side, sink);
        }

        return sink.ToReport();
    }

    /// <summary>Judges the connections file of the options; empty when there is none.</summary>
    public AnomalyReport FindInDeclarations()
    {
        var sink = new AnomalySink(_options);
        if (_options.Connections is { } file) ExpiredOrUnowned.Find(file, _options.Today, sink);
        return sink.ToReport();
    }

    // What the far ends of a pair answer takes long to prepare, so it is made once, and only when a kind asks for it.
    private static IEnumerable<KindFinder> Wanted(EstateFacts facts, AnomalyOptions options)
    {
        var halves = new Lazy<HalfBook>(() => new HalfBook(facts));
        if (WantsAny(AnomalyKind.Subsumed, AnomalyKind.UnionRedundant)) yield return new RedundantRules();
        if (WantsAny(AnomalyKind.Generalising, AnomalyKind.Overlapping)) yield return new RelatedRules();
        if (WantsAny(AnomalyKind.Mergeable)) yield return new MergeableRules();
        if (WantsAny(AnomalyKind.Duplicate)) yield return new DuplicateRules(facts);
        if (WantsAny(AnomalyKind.AttachmentRedundant)) yield return new AttachmentRedundantRules();
        if (WantsAny(AnomalyKind.OneSidedIngress, AnomalyKind.OneSidedEgress, AnomalyKind.PartlyOneSided)) yield return new OneSidedRules(facts, halves.Value);
        if (WantsAny(AnomalyKind.Vacuous)) yield return new VacuousRules(facts);
        if (WantsAny(AnomalyKind.Irrelevant)) yield return new IrrelevantRules(facts);
        if (WantsAny(AnomalyKind.FamilyAsymmetry)) yield return new FamilyAsymmetry(facts);
        if (WantsAny(AnomalyKind.Shadowed)) yield return new ShadowedRules(facts, halves.Value);

        bool WantsAny(params ReadOnlySpan<AnomalyKind> kinds)
        {
            foreach (var kind in kinds)
            {
                if (options.Wants(kind)) return true;
            }

            return false;
        }
    }
}
