using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Policies;
using Sallyport.Tests.Generators;
using Sallyport.Tests.Policies;

namespace Sallyport.Tests.Planning;

/// <summary>Tests that a plan carries: written and read, damaged, and run on the state after it.</summary>
public sealed class PlanTestsTests
{
    private const string Open = "db ingress tcp/22 0.0.0.0/0\nnic db 10.1.2.4";
    private static readonly Plan Nothing = new() { EstateDigest = PlanDigest.Of([]) };

    [Fact]
    public void Tests_are_read_back_to_the_same_bytes_and_results() => Prop.ForAll(PolicyLawTests.Cases.ToArbitrary(), c =>
    {
        var plan = Nothing with { Tests = new BoundTests { Tests = [c.Test], Scopes = c.Estate.Scopes } };
        var bytes = PlanJsonWriter.ToBytes(plan);
        var read = PlanJsonReader.Read(bytes, "plan.json");
        Assert.True(read.IsOk, string.Join("\n", read.Diagnostics));
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(PlanJsonWriter.ToBytes(read.Value)));
        var (before, after) = (PlanTests.Run(plan, c.Estate, PolicyBench.Today), PlanTests.Run(read.Value, c.Estate, PolicyBench.Today));
        Assert.Equal(before.Results.Select(Said), after.Results.Select(Said));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_plan_without_tests_is_written_as_it_always_was() =>
        Assert.DoesNotContain("test", Encoding.UTF8.GetString(PlanJsonWriter.ToBytes(Nothing)), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"kind\": \"never\"", "\"kind\": \"maybe\"")]
    [InlineData("\"kind\": \"never\"", "\"kind\": \"must\"")]
    [InlineData("\"layer\": \"sg\"", "\"layer\": \"sgs\"")]
    [InlineData("\"everybody\": true", "\"everybody\": 1")]
    [InlineData("\"everybody\": true", "\"everybody\": false")]
    [InlineData("\"203.0.113.0/24\"", "\"203.0.113.1/24\"")]
    [InlineData("\"tcp/22\"", "\"tcp/22-\"")]
    [InlineData("\"expires\": \"2026-12-31\"", "\"expires\": \"2026-13-31\"")]
    [InlineData("\"group\": \"sg-0000000b\"", "\"group\": \"\"")]
    public void Damaged_tests_are_no_plan(string old, string damaged)
    {
        var text = Encoding.UTF8.GetString(PlanJsonWriter.ToBytes(Carrying(
            Open, "{id: t, never: {from: \"*\", to: db}}", "{id: e, test: t, allow: {from: office, to: db, services: [tcp/22]}, reason: r, expires: 2026-12-31}")));
        Assert.Contains(old, text, StringComparison.Ordinal);
        var read = PlanJsonReader.Read(Encoding.UTF8.GetBytes(text.Replace(old, damaged, StringComparison.Ordinal)), "plan.json");
        Assert.Contains(read.Diagnostics, d => d.Code == "SPD3012");
    }

    [Fact]
    public void An_edited_test_is_refused()
    {
        var text = Encoding.UTF8.GetString(PlanJsonWriter.ToBytes(Carrying(Open, "{id: t, never: {from: office, to: db}}")));
        var read = PlanJsonReader.Read(Encoding.UTF8.GetBytes(text.Replace("203.0.113.0/24", "203.0.113.0/25", StringComparison.Ordinal)), "plan.json");
        Assert.Equal("SPD3014", Assert.Single(read.Diagnostics).Code);
        Assert.True(PlanningDiagnostics.IsRefusal(read.Diagnostics[0]));
    }

    [Fact]
    public void Tests_run_on_the_state_after_the_plan()
    {
        var estate = PolicyBench.Estate("nic db 10.1.2.4");
        var rule = new PlanRule(new RuleKey(Direction.Ingress, Service.Tcp(22), new CidrPeer(Cidr.AnyV4)));
        var step = new PlanStep(1, PlanAction.Authorize, EstateGenerator.Home, new SecurityGroupId("sg-0000000b"), Direction.Ingress, [rule]);
        var plan = Carrying("nic db 10.1.2.4", "{id: t, never: {from: internet, to: db}}");
        Assert.Empty(PlanTests.Refusals(PlanTests.Run(plan, estate, PolicyBench.Today), acceptsUnknown: false));
        var refusal = Assert.Single(PlanTests.Refusals(PlanTests.Run(plan with { Steps = [step] }, estate, PolicyBench.Today), acceptsUnknown: true));
        Assert.Equal(("SPD3015", Severity.Error), (refusal.Code, refusal.Severity));
        Assert.Contains("1.0.0.0 -> eni-00000000 (10.1.2.4) tcp/22", refusal.Message, StringComparison.Ordinal);
        Assert.True(PlanningDiagnostics.IsRefusal(refusal));
        Assert.Empty(PlanTests.Run(plan with { Steps = [step with { Action = PlanAction.Revoke }] }, PolicyBench.Estate(Open), PolicyBench.Today).Failed);
    }

    [Fact]
    public void What_a_plan_was_tested_on_and_is_not_readable_now_leaves_its_tests_open()
    {
        var plan = Carrying("nic db 10.1.2.4", "{id: t, never: {from: \"*\", to: spare}}");
        var estate = PolicyBench.Estate("nic db 10.1.2.4");
        Assert.Equal(TestOutcome.Pass, Assert.Single(PlanTests.Run(plan, estate, PolicyBench.Today).Results).Outcome);

        var elsewhere = plan with { Tests = plan.Tests with { Scopes = [.. plan.Tests.Scopes, new Scope("444455556666", "eu-west-1")] } };
        var everybody = elsewhere with { Tests = elsewhere.Tests with { Tests = [elsewhere.Tests.Tests[0] with { From = [new BoundEnd("internet") { Cidrs = [Cidr.AnyV4] }], To = [new BoundEnd("*") { IsEverybody = true }] }] } };
        Assert.Equal(TestOutcome.Unknown, Assert.Single(PlanTests.Run(everybody, estate, PolicyBench.Today).Results).Outcome);

        var gone = plan with { Tests = plan.Tests with { Tests = [plan.Tests.Tests[0] with { To = [new BoundEnd("gone") { Groups = [new BoundGroup(new SecurityGroupId("sg-0000000f"), EstateGenerator.Home)] }] }] } };
        var report = PlanTests.Run(gone, estate, PolicyBench.Today);
        Assert.Equal(["group gone (sg-0000000f, 111122223333/eu-west-1) was not read"], Assert.Single(report.Unknown).Gaps);
        Assert.Equal("SPD3016", Assert.Single(PlanTests.Refusals(report, acceptsUnknown: false)).Code);
        Assert.Empty(PlanTests.Refusals(report, acceptsUnknown: true));
    }

    private static Plan Carrying(string estate, string tests, string exceptions = "") =>
        Nothing with { Tests = PolicyBinder.Bind(PolicyBench.File(tests, exceptions), PolicyBench.Estate(estate)).Value! };

    private static string Said(Sallyport.Policies.TestResult result) =>
        $"{result.Test.Claim} {result.Outcome} {string.Join("; ", result.Failures.Select(f => f.Sentence).Concat(result.Gaps))}";
}
