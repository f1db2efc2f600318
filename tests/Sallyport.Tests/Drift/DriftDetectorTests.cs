using System.Buffers;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Drift;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Tests.Applying;
using Sallyport.Tests.Generators;
using Sallyport.Tests.Planning;

namespace Sallyport.Tests.Drift;

public sealed class DriftDetectorTests
{
    private static readonly SecurityGroupId Web = new("sg-0000000a");

    [Fact]
    public void Rules_made_from_another_file_are_told_from_rules_that_were_rewritten()
    {
        var rule = PlannerTests.Existing("ingress", "tcp/22", "10.0.0.0/8") with { Description = "why [first]", Tags = Tags.None.With("sallyport:connections", "first") };
        var estate = PlannerTests.Estate(PlannerTests.Group(Web, rule));
        var text = new StringWriter();
        DriftWriter.WriteText(DriftDetector.Detect(estate, PlannerTests.Declare(60, [PlannerTests.Rule(Web, "tcp/22", "10.0.0.0/8", "second")], Web)), text);
        Assert.EndsWith(
            "Drift: 0 missing, 0 undeclared, 1 with other text, in 1 groups\n"
            + "Other text changes no traffic: the description differs, or the connections that the rule is tagged with\n"
            + "All of them differ only in the connections they name, as when the rules were made from another file than this one\n",
            text.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_is_what_a_plan_would_change() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var (estate, desired) = pair;
        var report = DriftDetector.Detect(estate, desired);
        var summary = new Planner().Plan(estate, desired with { Unmanaged = UnmanagedRules.Revoke }).Value!.Summary;
        Assert.Equal(summary.Add, report.Entries.Count(e => e is { Kind: DriftKind.Missing, IsReadOnly: false }));
        Assert.Equal(summary.Remove, report.Entries.Count(e => e.Kind == DriftKind.Undeclared));
        Assert.Equal(summary.Change, report.Entries.Count(e => e.Kind == DriftKind.Text));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_applied_plan_leaves_no_drift() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var (estate, desired) = pair;
        var target = new SimulatedTarget(estate);
        ApplyBench.Apply(new Planner().Plan(estate, desired).Value!, target, new MemoryJournal());
        var report = DriftDetector.Detect(ApplyBench.EstateOf(target, estate), desired);
        Assert.DoesNotContain(report.Entries, e => !e.IsReadOnly && (e.Kind != DriftKind.Undeclared || desired.Unmanaged == UnmanagedRules.Revoke));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void All_kinds_are_written_for_people_and_programs()
    {
        var ours = PlannerTests.Existing("ingress", "tcp/22", "10.0.0.0/8") with { Description = "old [ssh]", Tags = Tags.None.With(OwnershipTag.Key, "ssh") };
        var estate = PlannerTests.Estate(PlannerTests.Group(Web, ours, PlannerTests.Existing("ingress", "tcp/9200", "0.0.0.0/0") with { Description = "temporary\u001b[31m" }));
        var desired = PlannerTests.Declare(60, [PlannerTests.Rule(Web, "tcp/22", "10.0.0.0/8", "ssh"), PlannerTests.Rule(Web, "tcp/443", "10.0.0.0/8", "https")], Web, new SecurityGroupId("sg-0000000f"));
        var report = DriftDetector.Detect(estate, desired);
        Assert.True(report.HasDrift);
        var text = new StringWriter();
        DriftWriter.WriteText(report, text);
        var undeclared = report.Entries.Single(e => e.Kind == DriftKind.Undeclared).Id;
        Assert.Equal(
            $"""
            sg-0000000a sg-0000000a 111122223333/eu-west-1
              + ingress tcp/443 from 10.0.0.0/8   missing, declared by https
              - ingress tcp/9200 from 0.0.0.0/0   undeclared "temporary\u001b[31m" ({undeclared})
              ~ ingress tcp/22 from 10.0.0.0/8   "old [ssh]" is declared "why [ssh]"
            sg-0000000f is declared and not in the estate
            Drift: 1 missing, 1 undeclared, 1 with other text, in 1 groups
            Other text changes no traffic: the description differs, or the connections that the rule is tagged with

            """.ReplaceLineEndings("\n"),
            text.ToString());

        var buffer = new ArrayBufferWriter<byte>();
        DriftWriter.WriteJson(report, buffer);
        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        Assert.Equal(["missing", "undeclared", "text"], json.RootElement.GetProperty("differences").EnumerateArray().Select(d => d.GetProperty("kind").GetString()));
        Assert.True(json.RootElement.GetProperty("drift").GetBoolean());
    }

    [Fact]
    public void No_difference_is_no_drift()
    {
        var report = DriftDetector.Detect(PlannerTests.Estate(PlannerTests.Group(Web)), PlannerTests.Declare(60, [], Web));
        Assert.False(report.HasDrift);
        var text = new StringWriter();
        DriftWriter.WriteText(report, text);
        Assert.Equal("No drift in 1 groups\n", text.ToString());
    }
}
