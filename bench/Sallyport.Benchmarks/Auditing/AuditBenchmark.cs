using System.Diagnostics;
using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Aws;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Estates.Snapshots;
using Sallyport.Lab.Estates;
using Sallyport.Reports;
using Sallyport.Reports.Json;

namespace Sallyport.Benchmarks.Auditing;

/// <summary>
/// The whole catalogue over a large estate beside the time it takes to read that estate's snapshot, each in a process of its
/// own; and what each rule costs when it runs alone, with all the shared facts it asks for.
/// </summary>
internal static class AuditBenchmark
{
    private const int Rounds = 3;
    private const int Slowest = 10;

    // Each finding to an observer, as the issue asks; the same written as JSON Lines to nowhere; all of them in one report.
    private const string Streamed = "streamed";
    private const string Written = "written as JSON Lines";
    private const string Kept = "kept in memory";

    public static int Run(string[] args) => args switch
    {
        ["measure", var what, var file] => Measure(what, file),
        ["rules", var file] => Rules(file),
        [] => Compare(100_000, 1_000_000, 200_000),
        [var groups, var rules, var interfaces] => Compare(Number(groups), Number(rules), Number(interfaces)),
        _ => throw new ArgumentException("audit [GROUPS RULES INTERFACES]"),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Compare(int groups, int rules, int interfaces)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sallyport-audit-{groups}-{rules}-{interfaces}.json");
        if (!File.Exists(file))
        {
            using var stream = File.Create(file);
            SnapshotWriter.Write(LargeEstate.Create(new LargeEstateOptions(groups, rules, interfaces)), stream);
        }

        Console.WriteLine($"{groups:N0} groups, {rules:N0} rules, {interfaces:N0} interfaces; snapshot of {new FileInfo(file).Length / 1e6:N0} MB.");
        Console.WriteLine();
        Console.WriteLine("| run | read, s | audit, s | ratio | CPU of the audit, s | of it paused by the collector, s | findings | unknown | peak working set, MB |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var what in (string[])[Streamed, Written, Kept])
        {
            for (var round = 0; round < Rounds; round++) Child("measure", what, file);
        }

        Console.WriteLine();
        Child("rules", file);
        return 0;
    }

    private static void Child(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["audit", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Console.Write(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}.");
    }

    private static int Measure(string what, string file)
    {
        var start = Stopwatch.GetTimestamp();
        var estate = Read(file);
        var read = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var paused = GC.GetTotalPauseDuration();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        start = Stopwatch.GetTimestamp();
        var (report, findings) = Judge(estate, what);
        var audit = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"| {what} | {read:F2} | {audit:F2} | {audit / read:F2} | {(process.TotalProcessorTime - cpu).TotalSeconds:F2} " +
            $"| {(GC.GetTotalPauseDuration() - paused).TotalSeconds:F2} | {findings:N0} | {report.Unknown.Length:N0} | {process.PeakWorkingSet64 / 1e6:N0} |");
        return 0;
    }

    private static (AuditReport Report, int Findings) Judge(Estate estate, string what)
    {
        switch (what)
        {
            case Kept:
                var report = Auditor.Audit(estate, AuditOptions.Default);
                return (report, report.Findings.Length);
            case Streamed:
                var counter = new FindingCounter();
                return (Auditor.Audit(estate, AuditOptions.Default, counter, collects: false), counter.Count);
            case Written:
                using (var lines = new JsonLinesReportWriter().Begin(new ReportOptions("0", false, DateTimeOffset.UnixEpoch), Stream.Null))
                {
                    report = Auditor.Audit(estate, AuditOptions.Default, lines, collects: false);
                    lines.Complete(report);
                    return (report, report.Summary.Critical + report.Summary.High + report.Summary.Medium + report.Summary.Low + report.Summary.Info);
                }

            default:
                throw new ArgumentException($"{Streamed}, {Written} or {Kept}", nameof(what));
        }
    }

    private static int Rules(string file)
    {
        var estate = Read(file);
        _ = estate.Index.Groups.Count;
        var costs = new List<(AuditRule Rule, double Seconds, int Findings)>();
        foreach (var rule in RuleCatalogue.All.Where(r => r.IsImplemented))
        {
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            var report = Auditor.Audit(estate, AuditOptions.Default with { Rules = [rule.Code] });
            costs.Add((rule, Stopwatch.GetElapsedTime(start).TotalSeconds, report.Findings.Length));
        }

        Console.WriteLine($"The slowest {Slowest} of {costs.Count} rules, each alone with the shared facts it asks for:");
        Console.WriteLine();
        Console.WriteLine("| rule | title | s | findings |");
        Console.WriteLine("| --- | --- | ---: | ---: |");
        foreach (var (rule, seconds, findings) in costs.OrderByDescending(c => c.Seconds).Take(Slowest))
        {
            Console.WriteLine($"| {rule.Code} | {rule.Title} | {seconds:F2} | {findings:N0} |");
        }

        return 0;
    }

    private static Estate Read(string file)
    {
        var builder = new EstateBuilder();
        using var stream = File.OpenRead(file);
        var said = new EstateFileReader(EstateSources.Formats).Read(stream, new EstateFile(file), builder);
        if (said.Count > 0) throw new InvalidOperationException(said[0].ToString());
        return builder.Build();
    }
}
