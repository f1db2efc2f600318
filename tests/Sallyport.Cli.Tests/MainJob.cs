using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sallyport.Cli.Tests;

/// <summary>
/// The main job as a user runs it, one command after the other against one endpoint: read, audit, import, tighten, plan, apply,
/// audit again, undo. Asserts every exit code and what must hold in between.
/// </summary>
internal sealed partial class MainJob(IReadOnlyDictionary<string, string> environment, ImmutableArray<string> regions) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-main-job-");
    private readonly ImmutableArray<string> _live = ["live", .. regions.SelectMany(r => new[] { "--region", r })];

    public async Task RunAsync()
    {
        await Expect(ExitCode.Done, ["snapshot", .. _live, "--out", At("before.json")]);
        var leaky = await Findings();
        Assert.Contains("SP-EGR-01", leaky);
        Assert.Contains("SP-EGR-02", leaky);

        await Expect(ExitCode.Done, ["import", .. _live, "--out", At("imported.yaml")]);
        await Expect(ExitCode.Done, ["check", At("imported.yaml"), .. _live]);
        await Expect(ExitCode.Done, ["plan", At("imported.yaml"), .. _live]);
        await Expect(ExitCode.Done, ["drift", At("imported.yaml"), .. _live]);

        await Expect(ExitCode.Done, ["import", .. _live, "--tighten", "--out", At("tight.yaml")]);
        await Expect(ExitCode.Different, ["drift", At("tight.yaml"), .. _live]);
        var planned = await Expect(ExitCode.Different, ["plan", At("tight.yaml"), .. _live, "--out", At("plan.json"), "-o", "json"]);
        Assert.Equal(await File.ReadAllTextAsync(At("plan.json")), planned.Out);
        var refused = await Expect(ExitCode.Refused, ["apply", At("plan.json")]);
        Assert.EndsWith($"journal: {At("plan.json.journal")}\n", refused.Error, StringComparison.Ordinal);
        var applied = await Expect(ExitCode.Done, ["apply", At("plan.json"), "--yes"]);
        Assert.EndsWith($"journal: {At("plan.json.journal")}\n", applied.Error, StringComparison.Ordinal);

        await Expect(ExitCode.Done, ["plan", At("tight.yaml"), .. _live]);
        await Expect(ExitCode.Done, ["drift", At("tight.yaml"), .. _live]);
        var clean = await Findings();
        foreach (var rule in new[] { "SP-EGR-01", "SP-EGR-02", "SP-PAIR-01", "SP-PAIR-02" }) Assert.DoesNotContain(rule, clean);
        await Expect(ExitCode.Done, ["apply", At("plan.json"), "--yes"]); // the journal says that it is done

        await Expect(ExitCode.Done, ["undo", At("plan.json.journal"), "--yes"]);
        await Expect(ExitCode.Done, ["snapshot", .. _live, "--out", At("after.json")]);
        Assert.Equal(WithoutRuleIds(At("before.json")), WithoutRuleIds(At("after.json")));
        // Undone, the estate is again the one the plan was made from: the same plan can be applied with a journal of its own.
        await Expect(ExitCode.Done, ["apply", At("plan.json"), "--yes", "--journal", At("second.journal")]);
        await Expect(ExitCode.Refused, ["apply", At("plan.json"), "--yes", "--journal", At("third.journal")]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private async Task<HashSet<string>> Findings()
    {
        var run = await Expect(ExitCode.Done, ["audit", .. _live, "-o", "json", "--fail-on", "none"]);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()!)];
    }

    private async Task<Run> Expect(ExitCode code, ImmutableArray<string> args)
    {
        var run = await Run.Sallyport(args, environment);
        Assert.True(run.Code == code, $"sallyport {string.Join(' ', args)}\nexpected {code}, was {run.Code}\n{run.Error}");
        return run;
    }

    private static string WithoutRuleIds(string path) => RuleId().Replace(File.ReadAllText(path), "sgr-");

    [GeneratedRegex("sgr-[0-9a-f]+")]
    private static partial Regex RuleId();
}
