using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Sallyport.Applying;
using Sallyport.Auditing;
using Sallyport.Aws;
using Sallyport.Aws.Ec2;
using Sallyport.Cli.Files;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Connections.Writing;
using Sallyport.Estates;
using Sallyport.Estates.Snapshots;
using Sallyport.Lab;
using Sallyport.Lab.Estates;
using Sallyport.Planning;
using Sallyport.Reports;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Demo;

/// <summary>
/// The main job from end to end on the lab's company <c>acme</c>, one act a screen, through the same parts that the commands use and
/// over the same EC2 protocol. Every figure is computed from what was just read.
/// </summary>
internal sealed class DemoStory(IOContext io, string folder)
{
    private const int Shown = 6;
    private LabServer _lab = null!;
    private int _act;

    /// <summary>Tells the story. Leaves snapshot, connections files, plan, journal and both audits in the folder.</summary>
    public async Task<ExitCode> TellAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(folder);
        foreach (var old in new[] { "plan.json.journal" }) File.Delete(PathOf(old));
        await using (_lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create(), VerifySignatures = true }, cancellationToken))
        {
            var before = await ReadActAsync(cancellationToken);
            var leaky = await AuditActAsync(before, cancellationToken);
            var imported = await ImportActAsync(before, cancellationToken);
            var tight = await TightenActAsync(before, imported, cancellationToken);
            var plan = await PlanActAsync(before, tight, cancellationToken);
            if (plan is null) return ExitCode.Refused;
            var code = await ApplyActAsync(plan, cancellationToken);
            if (code != ExitCode.Done) return code;
            var clean = await ProveActAsync(leaky, tight, cancellationToken);
            await EndAsync(clean, clock.Elapsed);
            return clean ? ExitCode.Done : ExitCode.Different;
        }
    }

    private async Task<Estate> ReadActAsync(CancellationToken cancellationToken)
    {
        await ActAsync("Read", "Every security group and its surroundings, over the EC2 API, both accounts and both Regions.");
        var estate = await ReadAsync(cancellationToken);
        await SaveAsync("before.json", stream => SnapshotWriter.Write(estate, stream), cancellationToken);
        await SayAsync($"{estate.SecurityGroups.Length} groups, {estate.RuleCount} rules, {estate.NetworkInterfaces.Length} interfaces, {estate.Vpcs.Length} VPCs, {estate.PrefixLists.Length} prefix lists");
        await SayAsync($"in {string.Join(", ", estate.Scopes)}; signed requests, {_lab.Calls.Total} calls.");
        return estate;
    }

    private async Task<AuditReport> AuditActAsync(Estate estate, CancellationToken cancellationToken)
    {
        await ActAsync("Audit", "What lets data walk out, first.");
        var report = Auditor.Audit(estate, AuditOptions.Default);
        await SaveAsync("audit-before.json", stream => Json(report, stream), cancellationToken);
        await TableAsync(report);
        var open = report.Findings.FirstOrDefault(f => f.Rule == "SP-EGR-02");
        if (open is not null) await SayAsync($"For example {open.Resource.Name} ({open.Resource.Id}): {open.Message}");
        return report;
    }

    private async Task<ConnectionsFile> ImportActAsync(Estate estate, CancellationToken cancellationToken)
    {
        await ActAsync("Declare", "The estate as a connections file: who talks to whom, on what, and why. Nothing is lost.");
        var file = Importer.Import(estate, new ImportOptions(DateOnly.FromDateTime(io.Time.GetUtcNow().UtcDateTime))).File;
        await SaveAsync("imported.yaml", stream => Yaml(file, stream), cancellationToken);
        var plan = Planned(estate, file).Value!;
        await SayAsync($"{file.Connections.Length} connections between {file.Groups.Length} groups and {file.Externals.Length} externals, {file.Residuals.Length} half-rules to review.");
        await SayAsync($"A plan of this file against the estate has {plan.Steps.Length} steps: the import is exact.");
        return file;
    }

    private async Task<ConnectionsFile> TightenActAsync(Estate estate, ConnectionsFile imported, CancellationToken cancellationToken)
    {
        await ActAsync("Tighten", "Open egress is replaced by the connections that the other side's ingress proves.");
        var result = Tightener.Tighten(estate, imported);
        foreach (var kind in result.Changes.GroupBy(c => c.Kind).OrderBy(g => g.Key))
        {
            await SayAsync($"{kind.Count(),4}  {Word(kind.Key)}, such as: {kind.First().Text}");
        }

        var (reviewed, closed) = Reviewed(result.File);
        await SayAsync("");
        await SayAsync("And a reviewer's pen, as you would use your editor: of TCP, nothing but 80 and 443 comes in from the internet.");
        foreach (var connection in closed) await SayAsync($"   -  {connection.Id} ({string.Join(", ", connection.Services)}): {connection.Reason}");
        await SaveAsync("connections.yaml", stream => Yaml(reviewed, stream), cancellationToken);
        return reviewed;
    }

    private async Task<Plan?> PlanActAsync(Estate estate, ConnectionsFile file, CancellationToken cancellationToken)
    {
        await ActAsync("Plan", "Authorize before revoke; quotas checked at every step on the way.");
        var planned = Planned(estate, file);
        if (!planned.IsOk)
        {
            await io.SayAsync(planned.Diagnostics);
            return null;
        }

        var plan = planned.Value;
        await SaveAsync("plan.json", stream => stream.Write(PlanJsonWriter.ToBytes(plan)), cancellationToken);
        var text = new StringWriter { NewLine = "\n" };
        PlanText.Write(plan, text);
        var lines = text.ToString().Split('\n');
        foreach (var line in lines.Take(2 * Shown)) await SayAsync(line);
        await SayAsync($"… {Math.Max(0, lines.Length - (2 * Shown))} more lines: sallyport plan connections.yaml before.json");
        return plan;
    }

    private async Task<ExitCode> ApplyActAsync(Plan plan, CancellationToken cancellationToken)
    {
        await ActAsync("Apply", "Each step is journalled before and after its call; a crash resumes, an undo restores.");
        var opened = await LiveEstateTarget.OpenAsync([.. Accounts()], cancellationToken);
        if (!opened.IsOk) return await io.FailAsync(ExitCode.Incomplete, opened.Diagnostics);
        using var target = opened.Value;
        await using var journal = FileJournal.Open(PathOf("plan.json.journal"));
        var calls = _lab.Calls.Total;
        var result = await new Applier(target, journal, io.Time).ApplyAsync(plan, cancellationToken);
        await io.SayAsync(result.Diagnostics);
        if (result.Outcome != ApplyOutcome.Done) return ExitCode.StoppedPartway;
        var summary = plan.Summary;
        await SayAsync($"{result.Done.Length} steps done: {summary.Add} rules added, {summary.Change} changed, {summary.Remove} removed; {_lab.Calls.Total - calls} calls with permission checks and re-reads.");
        return ExitCode.Done;
    }

    private async Task<bool> ProveActAsync(AuditReport leaky, ConnectionsFile file, CancellationToken cancellationToken)
    {
        await ActAsync("Prove", "Read again, plan again, audit again.");
        var after = await ReadAsync(cancellationToken);
        await SaveAsync("after.json", stream => SnapshotWriter.Write(after, stream), cancellationToken);
        var pending = Planned(after, file).Value?.Steps.Length ?? -1;
        var report = Auditor.Audit(after, AuditOptions.Default);
        await SaveAsync("audit-after.json", stream => Json(report, stream), cancellationToken);
        await SayAsync($"Pending changes: {pending}.");
        await SayAsync("");
        await SayAsync($"      {"rule",-12} {"before",7} {"after",7}");
        var now = report.Findings.GroupBy(f => f.Rule).ToDictionary(g => g.Key, g => g.Count());
        foreach (var finding in leaky.Findings.Concat(report.Findings).DistinctBy(f => f.Rule).OrderBy(f => f.Rule, StringComparer.Ordinal))
        {
            await SayAsync($"      {finding.Rule,-12} {leaky.Findings.Count(f => f.Rule == finding.Rule),7} {now.GetValueOrDefault(finding.Rule),7}   {finding.Title}");
        }

        await SayAsync("");
        await SayAsync("SP-PAIR-04 rises because open egress became named connections to groups that still admit whole blocks (10.0.0.0/8 …):");
        await SayAsync("nothing that worked was closed; narrowing those blocks to groups is the next step, and SP-ING-16 names them.");
        ImmutableArray<string> closed = ["SP-EGR-01", "SP-EGR-02", "SP-PAIR-01", "SP-PAIR-02"];
        return pending == 0 && closed.All(c => !now.ContainsKey(c));
    }

    private async Task EndAsync(bool clean, TimeSpan took)
    {
        await SayAsync("");
        await SayAsync(clean
            ? "The gate is closed: no open egress, no one-sided rule is left. What remains in the table is for people to decide."
            : "NOT clean: the table above says what is left.");
        await SayAsync($"Artefacts in {folder}/ (took {took.TotalSeconds:0.0} s): before.json, audit-before.json, imported.yaml, connections.yaml, plan.json, plan.json.journal, after.json, audit-after.json");
        await SayAsync("");
        await SayAsync("Next, on your own account (reading only, until you apply):");
        await SayAsync("  sallyport audit live --region all");
        await SayAsync("  sallyport import live --region all --tighten --out connections.yaml");
        await SayAsync("  sallyport plan connections.yaml live --region all --out plan.json");
    }

    /// <summary>What a person does in an editor: drops TCP (and all-protocol) connections from the internet on anything but the web's two ports.</summary>
    private static (ConnectionsFile File, ImmutableArray<Connection> Closed) Reviewed(ConnectionsFile file)
    {
        var world = file.Externals.Where(e => e.IsPublic).Select(e => e.Name).ToHashSet();
        ImmutableArray<Connection> closed = [.. file.Connections.Where(c =>
            c.From.Any(world.Contains) && c.Services.Any(s => s.Protocol != Packets.Protocol.Udp && !s.Protocol.HasTypes && s != Packets.Service.Tcp(80) && s != Packets.Service.Tcp(443)))];
        return (file with { Connections = [.. file.Connections.Except(closed)] }, closed);
    }

    private static Diagnostics.Result<Plan> Planned(Estate estate, ConnectionsFile file)
    {
        var compiled = Compiler.Compile(file, estate);
        return compiled.IsOk ? new Planner().Plan(estate, compiled.Value) : Diagnostics.Result<Plan>.Failed(compiled.Diagnostics);
    }

    private async Task<Estate> ReadAsync(CancellationToken cancellationToken)
    {
        var (builder, said) = await EstateSources.ReadAsync(Accounts().Select(LiveEstateSource.Create), cancellationToken);
        await io.SayAsync(said.Where(d => d.Severity != Diagnostics.Severity.Note));
        return builder.Build();
    }

    /// <summary>The lab's accounts, each with its own key and every Region; nothing of the machine's AWS settings is used.</summary>
    private IEnumerable<LiveOptions> Accounts() => _lab.Credentials.Select(credentials =>
    {
        var environment = _lab.Environment(credentials.Account).ToDictionary(p => p.Key, p => p.Value);
        return new LiveOptions { Regions = [.. _lab.Regions], Environment = name => environment.GetValueOrDefault(name) };
    });

    private async Task TableAsync(AuditReport report)
    {
        foreach (var group in report.Findings.GroupBy(f => (f.Severity, f.Rule)).OrderByDescending(g => g.Key.Severity).ThenBy(g => g.Key.Rule, StringComparer.Ordinal))
        {
            await SayAsync($"{group.Count(),4}  {group.Key.Severity.ToString().ToLowerInvariant(),-8} {group.Key.Rule,-11} {group.First().Title}");
        }

        await SayAsync("");
        await SayAsync($"{report.Findings.Length} findings, {report.Unknown.Length} verdicts unknown.");
    }

    private async Task ActAsync(string name, string what)
    {
        await SayAsync("");
        await SayAsync($"── {++_act}. {name} {new string('─', Math.Max(4, 70 - name.Length))}");
        await SayAsync(what);
        await SayAsync("");
    }

    private Task SayAsync(string line) => io.Out.WriteLineAsync(TerminalText.Escape(line));

    private string PathOf(string name) => Path.Combine(folder, name);

    private Task SaveAsync(string name, Action<Stream> write, CancellationToken cancellationToken) => AtomicFile.WriteAsync(
        PathOf(name),
        stream =>
        {
            write(stream);
            return Task.CompletedTask;
        },
        cancellationToken);

    private static void Json(AuditReport report, Stream stream) =>
        ReportFormats.Find("json")!.Writer.Write(report, new ReportOptions(Commands.VersionCommand.Number), stream);

    private static void Yaml(ConnectionsFile file, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        ConnectionsWriter.Write(file, text);
    }

    private static string Word(TightenKind kind) => kind switch
    {
        TightenKind.Removed => "open egress rules removed",
        TightenKind.Completed => "half-open pairs made whole",
        TightenKind.Added => "proven connections declared",
        TightenKind.Narrowed => "pairs narrowed",
        TightenKind.Dropped => "halves dropped that the other side denies",
        TightenKind.Closed => "default groups closed",
        TightenKind.Widened => "rights that spread to more members",
        _ => "questions for people",
    };
}
