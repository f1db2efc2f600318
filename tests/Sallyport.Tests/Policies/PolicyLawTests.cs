using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Policies;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Policies;

public sealed class PolicyLawTests
{
    private static readonly ImmutableArray<ExternalDeclaration> Externals =
    [
        new("internet") { Cidrs = [Cidr.AnyV4, Cidr.AnyV6], IsPublic = true }, new("office") { Cidrs = [Cidr.Parse("198.51.100.0/24"), Cidr.Parse("2001:db8::/32")] },
        new("net") { Cidrs = [Cidr.Parse("10.0.0.0/8")] }, new("subnet") { Cidrs = [Cidr.Parse("10.1.1.0/24")] }, new("listed") { PrefixList = EstateGenerator.ListV4.Value },
    ];

    internal static Gen<(Estate Estate, BoundTest Test)> Cases =>
        from estate in EstateGenerator.Estate
        from kind in Gen.Elements(TestKind.Must, TestKind.Never, TestKind.Never, TestKind.Only)
        from sources in Ends(estate, kind == TestKind.Must)
        from targets in Ends(estate, kind == TestKind.Must)
        from services in EstateGenerator.Service.ArrayOf(2)
        from count in Gen.Choose(kind == TestKind.Must ? 1 : 0, 2)
        from excepted in Gen.Choose(0, 2)
        from mayFrom in Ends(estate, false)
        from mayTo in Ends(estate, false)
        from mayServices in Gen.Elements(ImmutableArray<Service>.Empty, [Service.Tcp(443)], [services[0]])
        let exemptions = excepted == 0 ? [new TestExemption("e", "t", mayFrom, mayTo, mayServices, PolicyBench.Today)] : ImmutableArray<TestExemption>.Empty
        let file = new ConnectionsFile
        {
            Groups = [.. estate.SecurityGroups.Select((g, i) => new GroupDeclaration($"g{i}", g.Id, null))],
            Externals = Externals,
            Tests = [new ConnectionTest("t", kind, sources, targets, [.. services.Take(count).Distinct()])],
            Exceptions = exemptions,
        }
        select (estate, PolicyBinder.Bind(file, estate).Value!.Tests[0]);

    [Fact]
    public void The_runner_agrees_with_brute_force()
    {
        var seen = new Dictionary<(TestKind, TestOutcome), int>();
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            var oracle = new PolicyOracle(c.Estate);
            if (oracle.Run(c.Test) is not { } expected) return;
            var model = ConnectivityModel.Of(c.Estate);
            var result = new TestRunner(model, PolicyBench.Today).Run(c.Test);
            var cut = new TestRunner(model, PolicyBench.Today) { ManyPairs = 0 }.Run(c.Test);
            Assert.Equal(result.Outcome, cut.Outcome);
            foreach (var witness in cut.Failures.Select(f => f.Witness).OfType<TestWitness>()) Assert.Equal(c.Test.Kind != TestKind.Must, oracle.Passes(witness));
            seen[(c.Test.Kind, expected)] = seen.GetValueOrDefault((c.Test.Kind, expected)) + 1;
            Assert.True(
                expected == result.Outcome,
                $"{c.Test.Claim}: expected {expected}, was {result.Outcome}: {string.Join("; ", result.Failures.Select(f => f.Sentence).Concat(result.Gaps))}\n"
                + string.Join("\n", c.Test.Exemptions.Select(e => $"except {string.Join(",", e.From.Select(x => x.Name))} -> {string.Join(",", e.To.Select(x => x.Name))} {string.Join(",", e.Services)}")) + "\n"
                + string.Join("\n", c.Estate.SecurityGroups.Select(g => $"{g.Id} {g.Vpc}\n{string.Join("\n", g.Rules.Select(r => $"  {r.Key}"))}")) + "\n"
                + string.Join("\n", c.Estate.NetworkInterfaces.Select(n => $"{n.Id} {string.Join(",", n.Addresses)} {string.Join(",", n.Groups)}")));
            foreach (var witness in result.Failures.Select(f => f.Witness).OfType<TestWitness>()) Assert.Equal(c.Test.Kind != TestKind.Must, oracle.Passes(witness));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        foreach (var kind in Enum.GetValues<TestKind>())
        {
            Assert.True(seen.GetValueOrDefault((kind, TestOutcome.Fail)) > 0, $"no {kind} failed");
        }

        Assert.True(seen.GetValueOrDefault((TestKind.Never, TestOutcome.Pass)) > 0 && seen.GetValueOrDefault((TestKind.Only, TestOutcome.Pass)) > 0, "nothing passed");
    }

    private static Gen<ImmutableArray<string>> Ends(Estate estate, bool isMust) =>
        from count in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Constant(2)))
        from names in Gen.Frequency(
            (4, Gen.Elements(estate.SecurityGroups.Select((_, i) => $"g{i}").ToArray())),
            (2, Gen.Elements(Externals.Select(e => e.Name).ToArray())),
            (isMust ? 0 : 1, Gen.Constant("*"))).ArrayOf(count)
        select names.Distinct().ToImmutableArray();
}
