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
        if (args is ["--make", var at, var count])
        {
            DescribeSecurityGroupsFile.Write(at, int.Parse(count, CultureInfo.InvariantCulture), seed: 1);
            return 0;
        }

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
        var read = TimeSpan.MaxValue;
        var build = TimeSpan.MaxValue;
        var rules = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var builder = new EstateBuilder();
            using var stream = File.OpenRead(path);
            var said = new EstateFileReader(EstateSources.Formats).Read(stream, new EstateFile(path), builder);
            if (said.Count > 0) throw new InvalidOperationException(said[0].ToString());
            var readTime = clock.Elapsed;
            rules = builder.Build().RuleCount;
            var whole = clock.Elapsed;
            if (readTime < read) read = readTime;
            if (whole < build) build = whole;
            Console.Error.WriteLine($"round {round}: CPU {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F2}, {readTime.TotalSeconds:F2} s, {whole.TotalSeconds:F2} s, peak {Peak():F0} MB, managed {GC.GetTotalMemory(forceFullCollection: false) / 1e6:F0} MB, paused {GC.GetTotalPauseDuration().TotalSeconds:F2} s");
        }

        var peak = Peak();
        var bare = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            Pass(path);
            Console.Error.WriteLine($"bare {round}: CPU {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F2}");
            if (clock.Elapsed < bare) bare = clock.Elapsed;
        }

        Console.WriteLine($"{rules:N0} rules, {megabytes:F0} MB, best of {Rounds}");
        Console.WriteLine();
        Console.WriteLine("| what | seconds | MB/s | share of the bare pass's speed |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        Row("bare Utf8JsonReader pass", bare);
        Row("read into the builder", read);
        Row("read and built estate (sorted, merged)", build);
        Console.WriteLine();
        Console.WriteLine($"Peak working set of all {Rounds} reads: {peak:F0} MB.");
        return 0;

        void Row(string what, TimeSpan time) => Console.WriteLine($"| {what} | {time.TotalSeconds:F2} | {megabytes / time.TotalSeconds:F0} | {bare / time:P0} |");
    }

    private static double Peak() => Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;

    /// <summary>The baseline: every token of the file, from the same kind of buffer, looked at by nobody.</summary>
    private static long Pass(string path)
    {
        using var stream = File.OpenRead(path);
        var buffer = new byte[256 * 1024];
        var length = 0;
        long tokens = 0;
        var state = default(JsonReaderState);
        while (true)
        {
            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, length), read == 0, state);
            while (reader.Read()) tokens++;
            state = reader.CurrentState;
            var consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
            length -= consumed;
            if (read == 0) return tokens;
        }
    }
}
