using System.Collections.Immutable;
using Sallyport.Connections;
using Sallyport.Connectivity;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>
/// Runs tests on an estate. A test fails when something certainly breaks it, and passes only when nothing can; in between, what
/// was not read decides and is named. (reference: reachability-and-synthesis §8.2)
/// </summary>
/// <param name="model">The estate.</param>
/// <param name="today">The day by which exceptions expire, UTC.</param>
public sealed class TestRunner(ConnectivityModel model, DateOnly today)
{
    /// <summary>Beyond as many pairs of addresses a question is cut into smaller ones; tests of the product set it low.</summary>
    internal long ManyPairs { get; init; } = 1_000_000;

    /// <summary>Runs all of them.</summary>
    public TestReport Run(BoundTests tests, CancellationToken cancellationToken = default) =>
        new([.. tests.Tests.Select(t => Run(t, cancellationToken))]);

    /// <summary>Runs one.</summary>
    public TestResult Run(BoundTest test, CancellationToken cancellationToken = default)
    {
        var ends = new EndFinder(model, test.IsEffective);
        var judged = test.Kind switch
        {
            TestKind.Must => Must(test, ends, cancellationToken),
            TestKind.Never => Never(test, ends, cancellationToken),
            TestKind.Only => Only(test, ends, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(test)),
        };

        // Whoever is excepted by a name that was not wholly read may be the one that seems to break the test.
        var excepted = test.Exemptions.Where(e => e.HoldsOn(today)).SelectMany(e => e.From.Concat(e.To));
        ImmutableArray<string> doubts = [.. ends.GapsOf(test.Kind == TestKind.Only ? excepted.Concat(test.From) : excepted).Distinct()];
        if (judged.Failures.Length > 0) return doubts.IsEmpty ? new TestResult(test, TestOutcome.Fail) { Failures = judged.Failures } : Unknown(test, doubts);
        return judged.Gaps.IsEmpty ? new TestResult(test, TestOutcome.Pass) : Unknown(test, judged.Gaps);
    }

    private static TestResult Unknown(BoundTest test, ImmutableArray<string> gaps) =>
        new(test, TestOutcome.Unknown) { Gaps = [.. gaps.Distinct().Order(StringComparer.Ordinal)] };

    private Judgement Must(BoundTest test, EndFinder ends, CancellationToken cancellationToken)
    {
        var judge = new MustJudge(model, test, ends);
        return Each(test, ends, (region, from, to) => judge.Judge(region, from, to, cancellationToken)).And(Judgement.Undecided(ends.MissingOf(test.From.Concat(test.To))));
    }

    private Judgement Never(BoundTest test, EndFinder ends, CancellationToken cancellationToken)
    {
        var judge = new NeverJudge(model, test, ManyPairs);
        return Each(test, ends, (region, from, to) => judge.Judge(region, from.Name, to.Name, cancellationToken)).And(Judgement.Undecided(ends.GapsOf(test.From.Concat(test.To))));
    }

    private Judgement Only(BoundTest test, EndFinder ends, CancellationToken cancellationToken)
    {
        var judge = new NeverJudge(model, test, ManyPairs);
        var others = ends.Of(new BoundEnd("*") { IsEverybody = true }).Except(ends.Of(test.From));
        var name = test.From.IsEmpty ? "somebody" : $"somebody other than {string.Join(", ", test.From.Select(e => e.Name))}";
        var result = Judgement.Undecided(ends.GapsOf(test.To));
        foreach (var to in test.To)
        {
            foreach (var region in Regions(test, ends, others, ends.Of(to))) result = result.And(judge.Judge(region, name, to.Name, cancellationToken));
        }

        return result;
    }

    private Judgement Each(BoundTest test, EndFinder ends, Func<TestRegion, BoundEnd, BoundEnd, Judgement> judge)
    {
        var result = Judgement.Holds;
        foreach (var from in test.From)
        {
            foreach (var to in test.To)
            {
                foreach (var region in Regions(test, ends, ends.Of(from), ends.Of(to))) result = result.And(judge(region, from, to));
            }
        }

        return result;
    }

    /// <summary>What is left of a pair of ends beside the exceptions that hold, cut where exceptions held until they expired.</summary>
    private IEnumerable<TestRegion> Regions(BoundTest test, EndFinder ends, TestEnds from, TestEnds to)
    {
        List<TestRegion> left = [new TestRegion(from, to, ServicesOf(test.Services))];
        foreach (var exemption in test.Exemptions.Where(e => e.HoldsOn(today)))
        {
            var excepted = RegionOf(exemption, ends);
            left = [.. left.SelectMany(r => r.Except(excepted))];
        }

        foreach (var exemption in test.Exemptions.Where(e => !e.HoldsOn(today)))
        {
            var excepted = RegionOf(exemption, ends);
            foreach (var covered in left.Select(r => r.Intersect(excepted)).Where(r => !r.IsEmpty)) yield return covered with { Expired = exemption };
            left = [.. left.SelectMany(r => r.Except(excepted))];
        }

        foreach (var region in left) yield return region;
    }

    private static TestRegion RegionOf(BoundExemption exemption, EndFinder ends) => new(ends.Of(exemption.From), ends.Of(exemption.To), ServicesOf(exemption.Services));

    private static ServiceSet ServicesOf(ImmutableArray<Service> services) => services.IsEmpty ? ServiceSet.Any : ServiceSet.Of(services);
}
