using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity;

/// <summary>R5 for questions: answers about sets are those of every pair of members, asked one by one.</summary>
public sealed class ReacherOracleTests
{
    [Fact]
    public void An_answer_about_sets_is_that_of_all_their_pairs() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var estate = draft.Build();
        var (model, probe, random) = (ConnectivityModel.Of(estate), new ConnectivityProbe(estate), new Random(draft.Seed));
        var (reacher, groups) = (new Reacher(model), new EndGroups(model, probe, random));
        for (var i = 0; i < 12; i++)
        {
            var (from, to) = (groups.Any(), groups.Any());
            if ((long)from.Members.Length * to.Members.Length > 4_000) continue;
            var services = random.Next(2) == 0 ? null : SomeServices(random);
            var brute = BruteReach.Between(estate, probe, from, to, services);
            var answer = reacher.Ask(new ReachQuestion(from.Set, to.Set, services));
            AssertSame(brute, answer, services, $"{Words(from)} to {Words(to)} on {services?.ToString() ?? "whatever"}");
        }
    }).QuickCheckThrowOnFailure();

    private static void AssertSame(BruteReach brute, ReachAnswer answer, ServiceSet? services, string question)
    {
        if (!brute.HasPairs)
        {
            Assert.True(answer.NoPair is not null && answer.Verdict == Verdict.NoRoute, $"{question}: {answer.Verdict} though there is no pair");
            return;
        }

        ImmutableArray<ServiceSet> telling = [brute.Some, brute.SomePossible, brute.LeavesSource, ServiceSet.Any];
        var asked = services ?? telling.First(s => !s.IsEmpty);
        var (some, all) = (brute.Some.Intersect(asked), brute.All.Intersect(asked));
        var reported = services ?? ServiceSet.Any;
        var unknown = brute.SomePossible.Intersect(reported).Subtract(some).Union(brute.AllPossible.Intersect(asked).Subtract(all));
        Assert.True(answer.NoPair is null, $"{question}: no pair?");
        Assert.True(asked.Equals(answer.Asked), $"{question}: asked {answer.Asked} instead of {asked}");
        Assert.True(some.Equals(answer.Allowed), $"{question}: allowed {answer.Allowed} instead of {some}");
        Assert.True(all.Equals(answer.AllowedEverywhere), $"{question}: everywhere {answer.AllowedEverywhere} instead of {all}");
        Assert.True(unknown.Equals(answer.Unknown), $"{question}: unknown {answer.Unknown} instead of {unknown}");
        var blockers = Blockers(brute, asked);
        Assert.True(blockers.SequenceEqual(answer.Blockers), $"{question}: blockers {string.Join(' ', answer.Blockers)} instead of {string.Join(' ', blockers)}");
        var verdict = VerdictOf(brute, asked, blockers);
        Assert.True(verdict == answer.Verdict, $"{question}: {answer.Verdict} instead of {verdict}");
    }

    // The contract: allowed is every pair, partly some; a denial names the first blocker.
    private static Verdict VerdictOf(BruteReach brute, ServiceSet asked, List<Layer> blockers)
    {
        if (asked.IsSubsetOf(brute.All)) return Verdict.Allowed;
        if (asked.Overlaps(brute.Some)) return asked.IsSubsetOf(brute.AllPossible) ? Verdict.Unknown : Verdict.Partly;
        return asked.Overlaps(brute.SomePossible) ? Verdict.Unknown : VerdictNames.DenialOf(blockers[0]);
    }

    private static List<Layer> Blockers(BruteReach brute, ServiceSet asked)
    {
        var result = new List<Layer>();
        if (asked.Overlaps(brute.StoppedAtEgress)) result.Add(Layer.Egress);
        if (asked.Overlaps(brute.StoppedAtIngress)) result.Add(Layer.Ingress);
        return result;
    }

    private static ServiceSet SomeServices(Random random) =>
        ServiceSet.Of(Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Service.Parse(EstateGenerator.ServicePool[random.Next(EstateGenerator.ServicePool.Length)])));

    private static string Words(EndGroup ends) => $"{ends.Set.Name} ({string.Join(", ", ends.Members.Take(8).Select(m => m[0]))})";
}
