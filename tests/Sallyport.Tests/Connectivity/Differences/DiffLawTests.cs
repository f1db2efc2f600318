using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Differences;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity.Differences;

/// <summary>R6, R7 and R10: the difference is exact, flow by flow, against the rule-by-rule oracle over every end of both estates.</summary>
public sealed class DiffLawTests
{
    [Fact]
    public void Old_and_added_without_removed_is_new() => Prop.ForAll(DraftPair.Pairs, pair => AssertExact(pair.Old.Build(), pair.New.Build()))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Changed_rules_alone_are_compared_exactly() => Prop.ForAll(
        Arb.From(EstateGenerator.Estate.SelectMany(before => EstateGenerator.Changed(before).Select(after => (before, after)))),
        pair => AssertExact(pair.before, pair.after)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_estate_does_not_differ_from_itself() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var report = SemanticDiff.Between(draft.Build(), draft.Build());
        Assert.True(report.IsEqual);
        Assert.Equal(DiffRelation.Equal, report.LatentRelation);
        Assert.Empty(report.Added);
        Assert.Empty(report.Removed);
        Assert.Empty(report.Unknown);
        Assert.Empty(report.LatentAdded);
        Assert.Empty(report.LatentRemoved);
        Assert.Equal(new DiffSummary(), report.Summary);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_added_one_way_is_removed_the_other_way() => Prop.ForAll(DraftPair.Pairs, AssertSameBothWays).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(850631436, 1990404348)]
    [InlineData(937105798, 209534155)]
    [InlineData(264846126, 430685395)]
    [InlineData(1648418474, 1005218212)]
    public void Ends_are_named_alike_whichever_estate_is_the_old_one(int seed, int change) => AssertSameBothWays(DraftPair.FromSeeds(seed, change));

    [Fact]
    public void Every_witness_gets_through_in_one_estate_and_is_stopped_in_the_other() => Prop.ForAll(DraftPair.Pairs, pair =>
    {
        var (old, @new) = (pair.Old.Build(), pair.New.Build());
        var (ends, report) = (Pairing.Of(old, @new), SemanticDiff.Between(old, @new));
        if (report.Basis == AnswerBasis.Symbolic) return;
        foreach (var box in report.Added) Check(box, isNew: true);
        foreach (var box in report.Removed) Check(box, isNew: false);

        void Check(DiffBox box, bool isNew)
        {
            var witness = box.Witness!;
            Assert.True(box.Services.Contains(witness.Point));
            Assert.NotEmpty(box.Because);
            var (from, to) = (ends.Find(witness.From, isNew), ends.Find(witness.To, isNew));
            Assert.Equal(Verdict.Allowed, ends.Judge(from, to, witness.Point, isNew));
            Assert.True(ends.Judge(from, to, witness.Point, !isNew) is Verdict.DeniedAtEgress or Verdict.DeniedAtIngress or Verdict.NoRoute, $"{box.From} -> {box.To} {witness}");
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_that_sort_alike_give_the_same_report() => Prop.ForAll(DraftPair.Pairs, pair =>
    {
        var report = SemanticDiff.Between(pair.Old.Build(), pair.New.Build());
        var renamed = SemanticDiff.Between(pair.Old.Shuffled().Renamed().Build(), pair.New.Shuffled().Renamed().Build());
        Assert.Equal(Text(report).Replace("sg-", "sg-f", StringComparison.Ordinal), Text(renamed));
    }).QuickCheckThrowOnFailure();

    private static string Text(DiffReport report) => string.Join(
        '\n',
        [
            $"{report.Relation} {report.LatentRelation} {report.Basis} {report.Summary}",
            .. report.Added.Concat(report.Removed).Concat(report.Unknown).Concat(report.LatentAdded).Concat(report.LatentRemoved)
                .Select(b => $"{b.From} -> {b.To} {b.Services} {b.Witness} {string.Join("; ", b.Because)} {string.Join("; ", b.Gaps)}"),
            .. report.Notes,
        ]);

    private static void AssertSameBothWays(DraftPair pair)
    {
        var (there, back) = (SemanticDiff.Between(pair.Old.Build(), pair.New.Build()), SemanticDiff.Between(pair.New.Build(), pair.Old.Build()));
        Assert.Equal(there.Added.Select(Flows), back.Removed.Select(Flows));
        Assert.Equal(there.Removed.Select(Flows), back.Added.Select(Flows));
        Assert.Equal(there.LatentAdded.Select(Flows), back.LatentRemoved.Select(Flows));
        Assert.Equal(there.Summary.NewGroupPairs, back.Summary.ClosedGroupPairs);
        Assert.Equal(there.Summary.InterfacesOpenedToInternet, back.Summary.InterfacesClosedToInternet);

        static string Flows(DiffBox box) => $"{box.From} -> {box.To} {box.Services} {string.Join('+', box.Families)} {box.Witness}";
    }

    private static void AssertExact(Estate old, Estate @new)
    {
        var report = SemanticDiff.Between(old, @new);
        if (report.Basis == AnswerBasis.Symbolic) return;
        var ends = Pairing.Of(old, @new);
        var (added, removed, unknown) = (HasAny(report.Added), HasAny(report.Removed), HasAny(report.Unknown));
        foreach (var from in ends.All)
        {
            foreach (var to in ends.All)
            {
                if (from.Address.Family != to.Address.Family || (from.IsOutside && to.IsOutside) || Pairing.IsOneInterface(from, to)) continue;
                var (more, less, doubt) = (ServicesOf(report.Added, true), ServicesOf(report.Removed, false), ServicesOf(report.Unknown, null));
                foreach (var point in ends.Points)
                {
                    if (ends.IsNeverFiltered(from, to, point)) continue;
                    var (before, after) = (ends.Judge(from, to, point, isNew: false), ends.Judge(from, to, point, isNew: true));
                    var where = $"{from} -> {to} {ServiceLine.ProtocolAt(point)} {point}: {before} then {after}";
                    Assert.True(more.Contains(point) == (after == Verdict.Allowed && before is not (Verdict.Allowed or Verdict.Unknown)), $"added: {where}");
                    Assert.True(less.Contains(point) == (before == Verdict.Allowed && after is not (Verdict.Allowed or Verdict.Unknown)), $"removed: {where}");
                    if (before == Verdict.Unknown && after == Verdict.Unknown) continue;
                    Assert.True(doubt.Contains(point) == (before == Verdict.Unknown || after == Verdict.Unknown), $"unknown: {where}");
                }

                ServiceSet ServicesOf(ImmutableArray<DiffBox> boxes, bool? isNew) => boxes
                    .Where(b => b.Families.Contains(from.Address.Family) && Pairing.IsMeant(b.From, from, isNew) && Pairing.IsMeant(b.To, to, isNew))
                    .Aggregate(ServiceSet.Empty, (s, b) => s.Union(b.Services));
            }
        }

        Assert.Equal(added || removed ? added ? removed ? DiffRelation.Incomparable : DiffRelation.Widens : DiffRelation.Narrows : DiffRelation.Equal, report.Relation);
        Assert.Equal(unknown && report.Relation != DiffRelation.Incomparable, !report.IsCertain);

        static bool HasAny(ImmutableArray<DiffBox> boxes) => !boxes.IsEmpty;
    }
}
