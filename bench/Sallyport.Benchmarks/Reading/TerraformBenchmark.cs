using System.Diagnostics;
using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Aws;

namespace Sallyport.Benchmarks.Reading;

/// <summary>A repository of Terraform code read and audited, each round in a process of its own. The bound: 2,000 files with 5,000 groups in under 3 s.</summary>
internal static class TerraformBenchmark
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["measure", var folder]) return await MeasureAsync(folder);
        var (files, groups) = args is [var f, var g] ? (Number(f), Number(g)) : (2_000, 5_000);
        var path = Path.Combine(Path.GetTempPath(), $"sallyport-terraform-{files}-{groups}");
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        var (written, bytes) = new TerraformRepository(files, groups).Write(path);
        Console.WriteLine($"{written:N0} files of {bytes / 1e6:N1} MB.");
        Console.WriteLine();
        Console.WriteLine("| run | groups | rules | interfaces | read, s | audit, s | whole process, s | CPU, s | findings | peak working set, MB |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (var round = 1; round <= Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["terraform", "measure", path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var line = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new InvalidOperationException($"The run ended with {process.ExitCode}.");
            Console.WriteLine($"| {round} " + line.Trim().Replace("WHOLE", $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F2}", StringComparison.Ordinal));
        }

        Directory.Delete(path, recursive: true);
        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<int> MeasureAsync(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        var (builder, said) = await EstateSources.ReadAsync([EstateSources.Open(folder, new SourceOptions())], CancellationToken.None);
        if (said.Length > 0) throw new InvalidOperationException(said[0].ToString());
        var estate = builder.Build();
        var read = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        var report = Auditor.Audit(estate, AuditOptions.Default);
        var audit = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"| {estate.SecurityGroups.Length:N0} | {estate.RuleCount:N0} | {estate.NetworkInterfaces.Length:N0} | {read:F2} | {audit:F2} | WHOLE | {process.TotalProcessorTime.TotalSeconds:F2} "
            + $"| {report.Findings.Length:N0} | {process.PeakWorkingSet64 / 1e6:N0} |");
        return 0;
    }
}
