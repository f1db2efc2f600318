using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sallyport.Aws;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Benchmarks.Reading;

/// <summary>
/// A large <c>describe-security-groups</c> file: a bare <see cref="Utf8JsonReader"/> pass over the bytes, then our read of the same file,
/// best of three each, in one run. The read comes in a process of its own so that its peak working set is its own.
/// </summary>
internal static class ReadJsonBenchmark
{
    private const int Rounds = 3;

    public static int Run(string[] args)
    {
        if (args is ["--measure", var path]) return Measure(path);
        var rules = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("sallyport-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "groups.json");
            DescribeSecurityGroupsFile.Write(file, rules, seed: 1);
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["read-json", "--measure", file])) ?? throw new InvalidOperationException("The measuring process did not start.");
            child.WaitForExit();
            return child.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Measure(string path)
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        var rules = 0;
        Cost read = Cost.Worst, build = Cost.Worst, bare = Cost.Worst;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Cost.Now();
            var builder = new EstateBuilder();
            using var stream = File.OpenRead(path);
            var said = new EstateFileReader(EstateSources.Formats).Read(stream, new EstateFile(path), builder);
            if (said.Count > 0) throw new InvalidOperationException(said[0].ToString());
            read = read.BestOf(start.ToNow());
            rules = builder.Build().RuleCount;
            build = build.BestOf(start.ToNow());
        }

        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Cost.Now();
            BareJsonPass.Run(path);
            bare = bare.BestOf(start.ToNow());
        }

        Console.WriteLine($"{rules:N0} rules, {megabytes:F0} MB, best of {Rounds}. Peak working set of all reads: {peak:F0} MB.");
        Console.WriteLine();
        Console.WriteLine("| what | seconds | MB/s | speed against the bare pass | CPU seconds | by CPU time |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        Row("bare Utf8JsonReader pass", bare);
        Row("read into the builder", read);
        Row("read and built estate (sorted, merged)", build);
        return 0;

        void Row(string what, Cost cost) => Console.WriteLine(
            $"| {what} | {cost.Seconds:F2} | {megabytes / cost.Seconds:F0} | {bare.Seconds / cost.Seconds:P0} | {cost.CpuSeconds:F2} | {bare.CpuSeconds / cost.CpuSeconds:P0} |");
    }

    /// <summary>Wall and processor time: on a busy machine only the second says much.</summary>
    private readonly record struct Cost(double Seconds, double CpuSeconds)
    {
        public static Cost Worst => new(double.MaxValue, double.MaxValue);

        public static Cost Now() => new(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds);

        public Cost ToNow()
        {
            var now = Now();
            return new Cost(now.Seconds - Seconds, now.CpuSeconds - CpuSeconds);
        }

        public Cost BestOf(Cost other) => new(Math.Min(Seconds, other.Seconds), Math.Min(CpuSeconds, other.CpuSeconds));
    }
}
