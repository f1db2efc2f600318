using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sallyport.Benchmarks.Reading;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Terraform.Plans;

namespace Sallyport.Benchmarks.Plans;

/// <summary>
/// A large plan: a bare <see cref="Utf8JsonReader"/> pass over the bytes, then our read of either side into an estate, best of fifteen each, the
/// rounds taking turns. The bound is three times the bare pass, by wall time.
/// </summary>
internal static class PlanJsonBenchmark
{
    private const int Rounds = 15;
    private const double Bound = 3;

    public static int Run(string[] args)
    {
        var megabytes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
        var folder = Directory.CreateTempSubdirectory("sallyport-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "plan.json");
            PlanFile.Write(file, megabytes);
            return Measure(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Measure(string path)
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        double bare = double.MaxValue, before = double.MaxValue, after = double.MaxValue;
        var counts = (Groups: 0, Rules: 0, Interfaces: 0);
        for (var round = 0; round < Rounds; round++)
        {
            bare = Math.Min(bare, Seconds(() => BareJsonPass.Run(path)));
            before = Math.Min(before, Seconds(() => Read(path, PlanSide.Before)));
            after = Math.Min(after, Seconds(() =>
            {
                var estate = Read(path, PlanSide.After);
                counts = (estate.SecurityGroups.Length, estate.RuleCount, estate.NetworkInterfaces.Length);
            }));
        }

        Console.WriteLine($"{megabytes:F0} MB, {counts.Groups:N0} groups, {counts.Rules:N0} rules, {counts.Interfaces:N0} interfaces after; best of {Rounds}.");
        Console.WriteLine();
        Console.WriteLine("| what | seconds | MB/s | times the bare pass |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (what, seconds) in new[] { ("bare Utf8JsonReader pass", bare), ("estate before the plan", before), ("estate after the plan", after) })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {seconds:F3} | {megabytes / seconds:F0} | {seconds / bare:F2} |"));
        }

        return Math.Max(before, after) < Bound * bare ? 0 : 1;
    }

    private static Estate Read(string path, PlanSide side)
    {
        var builder = new EstateBuilder();
        using var stream = File.OpenRead(path);
        var said = new EstateFileReader([new TerraformPlanFormat(side)]).Read(stream, new EstateFile(path), builder);
        return said.Count == 0 ? builder.Build() : throw new InvalidOperationException(said[0].ToString());
    }

    private static double Seconds(Action work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
