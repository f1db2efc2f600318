using System.Diagnostics;
using System.Globalization;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Lab.Estates;
using Sallyport.Packets;

namespace Sallyport.Benchmarks.Connectivity;

/// <summary>
/// Questions of reachability over large estates beside <see cref="NaiveReach"/>, which walks rules; whatever both answer is compared.
/// Times are processor times of the whole process, the collector's included: on a machine that others share they say more.
/// <c>reach [RULES]</c> measures one size in full, <c>reach growth</c> what grows over several.
/// </summary>
internal static class ReachBenchmark
{
    private const int Packets = 1_000_000;
    private const int Asked = 200;

    public static int Run(string[] args)
    {
        if (args is ["growth"]) return Grow();
        var rules = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var estate = EstateOf(rules);
        Console.WriteLine($"{estate.SecurityGroups.Length:N0} groups, {estate.NetworkInterfaces.Length:N0} interfaces, {estate.RuleCount:N0} rules, {estate.Vpcs.Length:N0} VPCs.");
        Console.WriteLine();
        Console.WriteLine("| what | ours | rule by rule | ratio | bound |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        _ = ConnectivityModel.Of(EstateOf(2_000));
        var (model, seconds, megabytes) = Build(estate);
        Console.WriteLine($"| tables | {seconds:F2} s, {megabytes:F0} MB kept | none | | 0.6 s, 100 MB |");
        var naive = new NaiveReach(estate);
        MeasurePackets(estate, model, naive);
        MeasureSources(estate, model, naive);
        MeasureMatrix(estate, model, naive);
        Console.WriteLine();
        Console.WriteLine($"Peak working set: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB, the estate and the baseline in it.");
        return 0;
    }

    private static int Grow()
    {
        Console.WriteLine("| rules | groups | interfaces | tables, s | kept, MB | verdict, ns | who reaches one, ms | working set, MB |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var rules in new[] { 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000 })
        {
            var estate = EstateOf(rules);
            var (model, seconds, megabytes) = Build(estate);
            var packets = PacketDraw.Draw(estate, Packets, seed: 1);
            var verdict = Best(() => Judged(model, packets)) * 1e9 / Packets;
            var lister = new ReachLister(model);
            var median = Median(Sample(estate, Asked / 4), nic => _ = lister.SourcesOf(model.OfInterface(nic)));
            Console.WriteLine($"| {rules:N0} | {estate.SecurityGroups.Length:N0} | {estate.NetworkInterfaces.Length:N0} | {seconds:F2} | {megabytes:F0} | {verdict:F0} | {median * 1e3:F1} | {Environment.WorkingSet / 1e6:N0} |");
        }

        return 0;
    }

    private static Estate EstateOf(int rules) => LargeEstate.Create(new LargeEstateOptions(rules / 40, rules, rules / 5));

    private static (ConnectivityModel Model, double Seconds, double Megabytes) Build(Estate estate)
    {
        _ = estate.Index;
        var best = double.MaxValue;
        ConnectivityModel? model = null;
        var kept = 0.0;
        for (var round = 0; round < 3; round++)
        {
            model = null;
            var before = GC.GetTotalMemory(forceFullCollection: true);
            best = Math.Min(best, Best(() => model = ConnectivityModel.Of(estate), rounds: 1));
            kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        }

        return (model!, best, kept);
    }

    private static void MeasurePackets(Estate estate, ConnectivityModel model, NaiveReach naive)
    {
        var packets = PacketDraw.Draw(estate, Packets, seed: 1);
        var allowed = 0;
        foreach (var (from, to, point) in packets)
        {
            var (said, expected) = (model.Judge(from, to, point), naive.Judge(from, to, point));
            if (said != expected) throw new InvalidOperationException($"{from} to {to}, point {point}: {said} instead of {expected}");
            if (said == Verdict.Allowed) allowed++;
        }

        var ours = Best(() => Judged(model, packets));
        var theirs = Best(() => { foreach (var (from, to, point) in packets) _ = naive.Judge(from, to, point); });
        Console.WriteLine($"| one packet of {Packets:N0}, {(double)allowed / Packets:P0} allowed | {ours * 1e9 / Packets:F0} ns | {theirs * 1e9 / Packets:N0} ns | {theirs / ours:F1} | 2,000 ns |");
    }

    private static void Judged(ConnectivityModel model, (Endpoint From, Endpoint To, int Point)[] packets)
    {
        foreach (var (from, to, point) in packets) _ = model.Judge(from, to, point);
    }

    private static void MeasureSources(Estate estate, ConnectivityModel model, NaiveReach naive)
    {
        var lister = new ReachLister(model);
        foreach (var nic in Sample(estate, 3))
        {
            var ours = lister.SourcesOf(model.OfInterface(nic)).Interfaces.ToDictionary(r => r.Interface.Id, r => r.Allowed);
            var theirs = naive.SourcesOf(nic);
            if (ours.Count != theirs.Count || theirs.Any(t => !t.Value.Equals(ours.GetValueOrDefault(t.Key)))) throw new InvalidOperationException($"They disagree about who reaches {nic.Id}.");
        }

        var median = Median(Sample(estate, Asked), nic => _ = lister.SourcesOf(model.OfInterface(nic)));
        var slow = Median(Sample(estate, 5), nic => _ = naive.SourcesOf(nic));
        Console.WriteLine($"| who reaches one interface, median of {Asked} | {median * 1e3:F1} ms | {slow * 1e3:N0} ms | {slow / median:N0} | 10 ms |");
        var vpc = model.OfBlocks("one VPC", estate.Vpcs[0].Cidrs);
        var block = Best(() => _ = lister.SourcesOf(vpc), rounds: 1);
        Console.WriteLine($"| who reaches the {model.InterfacesOf(vpc).Length:N0} interfaces of one VPC | {block:F2} s | not run | | |");
        var world = Best(() => _ = lister.TargetsOf(model.Internet()), rounds: 1);
        Console.WriteLine($"| whom the internet reaches | {world:F2} s | not run | | |");
    }

    private static void MeasureMatrix(Estate estate, ConnectivityModel model, NaiveReach naive)
    {
        var members = estate.NetworkInterfaces.Where(n => n.Addresses.Length > 0).SelectMany(n => n.Groups.Select(g => (g, n))).ToLookup(p => p.g, p => p.n);
        var pairs = new Dictionary<(SecurityGroupId, SecurityGroupId), ServiceSet>();
        var ours = Best(() => pairs = new GroupMatrix(model).Pairs().ToDictionary(p => (p.From, p.To), p => p.Services), rounds: 2);
        var random = new Random(1);
        var sample = Enumerable.Range(0, 2_000).Select(_ => (Pick(), Pick())).Concat(pairs.Keys.Take(500)).ToList();
        var slow = Best(
            () =>
            {
                foreach (var (from, to) in sample)
                {
                    if (!naive.Between(from, to, members).Equals(pairs.GetValueOrDefault((from, to), ServiceSet.Empty))) throw new InvalidOperationException($"They disagree about {from} and {to}.");
                }
            },
            rounds: 1);
        var all = slow / sample.Count * estate.SecurityGroups.Length * estate.SecurityGroups.Length;
        Console.WriteLine($"| all pairs of groups, {pairs.Count:N0} of {(long)estate.SecurityGroups.Length * estate.SecurityGroups.Length:N0} open | {ours:F2} s | {all:N0} s from {sample.Count:N0} pairs | {all / ours:N0} | 5 s |");

        SecurityGroupId Pick() => estate.SecurityGroups[random.Next(estate.SecurityGroups.Length)].Id;
    }

    private static List<NetworkInterface> Sample(Estate estate, int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => estate.NetworkInterfaces[random.Next(estate.NetworkInterfaces.Length)])];
    }

    private static double Median(List<NetworkInterface> nics, Action<NetworkInterface> action)
    {
        var times = nics.Select(nic => Best(() => action(nic), rounds: 1)).Order().ToList();
        return times[times.Count / 2];
    }

    private static double Best(Action action, int rounds = 3)
    {
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var start = Environment.CpuUsage.TotalTime;
            action();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }

        return best;
    }
}
