using System.Collections.Immutable;
using Sallyport.Applying;
using Sallyport.Aws.Ec2;
using Sallyport.Estates;
using Sallyport.Lab;
using Sallyport.Planning;

namespace Sallyport.Cli.Tests.Crash;

/// <summary>
/// One lab with the estate of <see cref="ThirtySteps"/>, the plan in a file, and the tool as a process beside it. The lab is
/// looked at after every change; the tool's calls are counted, so that it can be stopped at a chosen one.
/// </summary>
internal sealed class CrashBench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-crash-");
    private readonly LabServer _lab;
    private readonly LiveEstateTarget _target;
    private readonly StateWatch _watch;
    private readonly List<string> _problems = [];
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SecurityGroupRule? _others;
    private volatile bool _isLooking;
    private volatile bool _isWatching = true;
    private Func<CrashCall, CancellationToken, Task>? _at;
    private int _asked;
    private int _committed;

    private CrashBench(LabServer lab, LiveEstateTarget target, ImmutableArray<SecurityGroup> before, StateWatch watch)
    {
        _lab = lab;
        _target = target;
        Before = before;
        _watch = watch;
    }

    /// <summary>A rule on a group of the plan that somebody else adds while the tool is dead.</summary>
    public static SecurityGroupRule OthersRule { get; } = ThirtySteps.Rule("ingress", "udp/514", "192.0.2.0/24", "of somebody else");

    /// <summary>The groups as they were at first.</summary>
    public ImmutableArray<SecurityGroup> Before { get; }

    public string PlanPath => Path.Combine(_folder.FullName, "plan.json");

    public string JournalPath => PlanPath + ".journal";

    /// <summary>Changing calls received that were not carried out: dry runs, as long as nothing was killed.</summary>
    public int DryRuns => _asked - _committed;

    /// <summary>States looked at.</summary>
    public int States { get; private set; }

    public static async Task<CrashBench> StartAsync()
    {
        CrashBench? bench = null;
        var lab = await LabServer.StartAsync(
            new LabOptions { Estate = ThirtySteps.Estate, VerifySignatures = true, OnStage = (operation, stage, stop) => bench?.OnStageAsync(operation, stage, stop) ?? ValueTask.CompletedTask },
            CancellationToken.None);
        var environment = lab.Environment(ThirtySteps.Scope.Account, ThirtySteps.Scope.Region).ToDictionary();
        var target = (await LiveEstateTarget.OpenAsync([new LiveOptions { Environment = environment.GetValueOrDefault }], CancellationToken.None)).Value!;
        var before = await ReadAsync(target);
        bench = new CrashBench(lab, target, before, new StateWatch(before, ThirtySteps.EndOf, OthersRule));
        await File.WriteAllBytesAsync(bench.PlanPath, PlanJsonWriter.ToBytes(ThirtySteps.Plan));
        return bench;
    }

    public ToolProcess Start(params ImmutableArray<string> args) =>
        ToolProcess.Start(_lab.Environment(ThirtySteps.Scope.Account, ThirtySteps.Scope.Region), args);

    public async Task<Run> RunAsync(params ImmutableArray<string> args)
    {
        using var tool = Start(args);
        return await tool.EndAsync();
    }

    /// <summary>Starts the tool and waits until its call that <paramref name="isThere"/> chooses; the call is held until <see cref="Release"/>, or dies with the tool.</summary>
    public async Task<ToolProcess> StopAtAsync(Func<CrashCall, bool> isThere, params ImmutableArray<string> args)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _at = async (call, stop) =>
        {
            if (_held.Task.IsCompleted || !isThere(call)) return;
            reached.TrySetResult();
            await _held.Task.WaitAsync(stop);
        };
        var tool = Start(args);
        if (await Task.WhenAny(reached.Task, tool.Ended) == reached.Task) return tool;
        Assert.Fail($"The tool ended before it was to be stopped:\n{(await tool.EndAsync()).Error}");
        return tool;
    }

    /// <summary>Lets the held call go on.</summary>
    public void Release() => _held.TrySetResult();

    /// <summary>Applies the plan in a process that is killed at a point, and leaves the journal as the point has it.</summary>
    public async Task KillAtAsync(KillPoint point, int dryRuns)
    {
        // The states before the kill are those of every run, and were looked at in the whole one.
        _isWatching = false;
        using (var tool = await StopAtAsync(call => IsAt(point, call, dryRuns), "apply", PlanPath, "--yes")) await tool.KillAsync();
        _at = null;
        _isWatching = true;
        CutTo(point);
        await LookAsync();
        Assert.Equal(point.IsCarriedOut ? point.Step : Math.Max(0, point.Step - 1), _committed);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(JournalPath));
        var journal = Journal.Read(await File.ReadAllBytesAsync(JournalPath), "j");
        Assert.True(journal.IsOk);
        Assert.Equal((point.Lines, point.IsTorn), (journal.Value.Lines, journal.Value.IsTorn));
    }

    /// <summary>Somebody else adds a rule of their own.</summary>
    public async Task AddOthersRuleAsync()
    {
        var added = await AsideAsync(() => _target.AuthorizeAsync(
            ThirtySteps.Scope, ThirtySteps.Managed[0], OthersRule.Direction, [OthersRule], Tags.None, CancellationToken.None));
        _others = added[0];
    }

    /// <summary>Everything a user sees, ids of rules aside, without the rule that somebody else added, which must still be there.</summary>
    public async Task<string> TextAsync()
    {
        var groups = await LookAsync();
        if (_others is null) return StateWatch.Text(groups);
        var kept = groups.SelectMany(g => g.Rules).Single(r => r.Key == _others.Key);
        Assert.Equal((_others.Id, _others.Description), (kept.Id, kept.Description));
        return StateWatch.Text(groups.Select(g => g with { Rules = g.Rules.Remove(kept) }));
    }

    /// <summary>That nothing was wrong in any state looked at.</summary>
    public void AssertHeld() => Assert.True(_problems.Count == 0, string.Join('\n', _problems));

    public async ValueTask DisposeAsync()
    {
        _target.Dispose();
        await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Reads the groups past the tool's back and notes what does not hold.</summary>
    public async Task<ImmutableArray<SecurityGroup>> LookAsync()
    {
        var groups = await AsideAsync(() => ReadAsync(_target));
        States++;
        if (_watch.Problem(groups) is { } problem) _problems.Add($"after {_committed} changes: {problem}");
        return groups;
    }

    private static bool IsAt(KillPoint point, CrashCall call, int dryRuns) => point.Moment switch
    {
        KillMoment.Opened => true,
        KillMoment.Asking => call.IsChange && call.Asked == (dryRuns / 2) + 1,
        KillMoment.BeginTorn or KillMoment.Begun => call is { IsChange: true, Stage: LabStage.Received } && call.Asked == dryRuns + point.Step,
        KillMoment.Committed => call is { IsChange: true, Stage: LabStage.Committed } && call.Committed == point.Step,

        // The next call is a reading, or the next step's, whose begin line is then cut off again.
        _ => call.Stage == LabStage.Received && call.Committed == point.Step && call.Asked >= dryRuns + point.Step && IsAfterDryRuns(call, point.Step, dryRuns),
    };

    private static bool IsAfterDryRuns(CrashCall call, int step, int dryRuns) => step > 0 || call.Asked > dryRuns || (!call.IsChange && call.Asked == dryRuns);

    /// <summary>
    /// A line is durable before the next call, so what a crash in the middle of writing one leaves is the file of the next call cut
    /// there: between two steps of one group there is no call to be killed at.
    /// </summary>
    private void CutTo(KillPoint point)
    {
        if (point.Moment is not (KillMoment.BeginTorn or KillMoment.DoneTorn or KillMoment.Done)) return;
        var bytes = File.ReadAllBytes(JournalPath);
        var (start, line) = (0, 0);
        while (line < point.Lines)
        {
            start = Array.IndexOf(bytes, (byte)'\n', start) + 1;
            line++;
        }

        var end = point.Moment == KillMoment.Done ? start : (start + Array.IndexOf(bytes, (byte)'\n', start)) / 2;
        using var file = new FileStream(JournalPath, FileMode.Open, FileAccess.Write);
        file.SetLength(end);
    }

    private async ValueTask OnStageAsync(string operation, LabStage stage, CancellationToken stop)
    {
        if (_isLooking) return;
        var isChange = CrashCall.IsChanging(operation);
        if (isChange && stage == LabStage.Received) _asked++;
        if (isChange && stage == LabStage.Committed)
        {
            _committed++;
            if (_isWatching) await LookAsync();
        }

        if (_at is { } at) await at(new CrashCall(operation, stage, _asked, _committed), stop);
    }

    /// <summary>Calls of our own are not the tool's; it waits for an answer, or is dead, while they are made.</summary>
    private async Task<T> AsideAsync<T>(Func<Task<T>> calls)
    {
        _isLooking = true;
        try
        {
            return await calls();
        }
        finally
        {
            _isLooking = false;
        }
    }

    private static async Task<ImmutableArray<SecurityGroup>> ReadAsync(LiveEstateTarget target) =>
        await target.ReadGroupsAsync(ThirtySteps.Scope, [.. ThirtySteps.Estate.SecurityGroups.Select(g => g.Id)], CancellationToken.None);
}
