using FsCheck;
using FsCheck.Fluent;
using Sallyport.Anomalies;
using Sallyport.Connections;
using Sallyport.Estates;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Anomalies;

public sealed class AnomalyFinderTests
{
    [Fact]
    public void Codes_are_those_of_the_reference_and_find_their_kind_in_any_case()
    {
        Assert.Equal(
            ["DUP", "RED1", "REDU", "REDA", "GEN", "MRG", "OVL", "ONE-I", "ONE-E", "PART", "VAC", "SHD", "IRR", "ASYM6", "EXP/OWN"],
            AnomalyKinds.All.Select(AnomalyKinds.CodeOf));
        Assert.All(AnomalyKinds.All, k => Assert.Equal(k, AnomalyKinds.Find(AnomalyKinds.CodeOf(k).ToLowerInvariant())));
        Assert.Null(AnomalyKinds.Find("RED"));
    }

    [Fact]
    public void A_program_may_mend_by_itself_only_what_takes_no_traffic_away() => Assert.Equal(
        [AnomalyKind.Subsumed, AnomalyKind.UnionRedundant, AnomalyKind.Mergeable], AnomalyKinds.All.Where(k => AnomalyKinds.SafetyOf(k) == FixSafety.Yes));

    [Fact]
    public void A_kind_asked_alone_says_what_it_says_among_all() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var all = AnomalyFinder.Find(estate, AnomalyOptions.Default);
        foreach (var kind in AnomalyKinds.All)
        {
            var alone = AnomalyFinder.Find(estate, new AnomalyOptions { Kinds = [kind] });
            Assert.Equal(all.Anomalies.Where(a => a.Kind == kind).Select(Print), alone.Anomalies.Select(Print));
            Assert.Equal(all.Doubts.Where(d => d.Kind == kind), alone.Doubts);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Groups_one_by_one_say_what_the_whole_says() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var finder = new AnomalyFinder(estate, AnomalyOptions.Default);
        var backwards = estate.SecurityGroups.Reverse().Select(finder.FindIn).Reverse().ToList();
        var whole = AnomalyFinder.Find(estate, AnomalyOptions.Default);
        Assert.Equal(whole.Anomalies.Select(Print), backwards.SelectMany(r => r.Anomalies).Select(Print));
        Assert.Equal(whole.Doubts, backwards.SelectMany(r => r.Doubts));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_input_changes_nothing()
    {
        var pair = from estate in EstateGenerator.Estate
                   from groups in Gen.Shuffle(estate.SecurityGroups.ToArray())
                   from interfaces in Gen.Shuffle(estate.NetworkInterfaces.ToArray())
                   select (estate, Other: EstateGenerator.Assemble(groups.Select(g => g with { Rules = [.. g.Rules.Reverse()] }), interfaces));
        Prop.ForAll(pair.ToArbitrary(), p =>
        {
            var (one, other) = (AnomalyFinder.Find(p.estate, AnomalyOptions.Default), AnomalyFinder.Find(p.Other, AnomalyOptions.Default));
            Assert.Equal(one.Anomalies.Select(Print), other.Anomalies.Select(Print));
            Assert.Equal(one.Doubts, other.Doubts);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_message_is_a_sentence_that_names_its_group() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
        Assert.All(AnomalyFinder.Find(estate, AnomalyOptions.Default).Anomalies, a =>
        {
            Assert.StartsWith($"{a.Group}: {a.Rule!.Key}", a.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", a.Message);
            Assert.EndsWith(".", a.Fix.Text);
            Assert.DoesNotContain("  ", a.Message, StringComparison.Ordinal);
        })).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null, false)]
    [InlineData("2026-05-31", false)]
    [InlineData("2026-06-01", true)]
    public void An_exception_holds_on_its_last_day_and_is_not_judged_without_a_date(string? today, bool isExpired)
    {
        var exception = new TestExemption("e1", "t1", ["office"], ["db"], [], new DateOnly(2026, 5, 31)) { ApprovedBy = "a.person" };
        var options = new AnomalyOptions
        {
            Connections = new ConnectionsFile { Exceptions = [exception] },
            Today = today is null ? null : DateOnly.Parse(today),
        };
        Assert.Equal(isExpired, !AnomalyFinder.Find(new EstateBuilder().Build(), options).Anomalies.IsEmpty);
    }

    private static string Print(Anomaly a) => $"{a} {a.Basis} {a.Fix} {string.Join(',', a.Others)} {string.Join(',', a.Interfaces)}";
}
