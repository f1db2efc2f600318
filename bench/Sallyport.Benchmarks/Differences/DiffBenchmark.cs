using System.Diagnostics;
using System.Globalization;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Differences;
using Sallyport.Estates;
using Sallyport.Lab.Estates;
using Sallyport.Packets;

namespace Sallyport.Benchmarks.Differences;

/// <summary>
/// The semantic diff of a change of fifty rules on the lab's large estate, of a change of interfaces, and of two estates that share
/// nothing but their shape; beside the diff one would write first: for every pair of interfaces work out what both sides let through
/// in both estates and subtract.
/// </summary>
internal static class DiffBenchmark
{
    private const int Rounds = 5;

    public static int Run(string[] args)
    {
        var sizes = args.Length == 3 ? [.. args.Select(a => int.Parse(a, CultureInfo.InvariantCulture))] : new[] { 2_500, 20_000, 100_000 };
        Console.WriteLine("| estate | change | both models ms | diff ms | diff CPU ms | allocated MB | added | removed | relation |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        var estate = Large(sizes, seed: 1);
        Row(sizes, "none", estate, Copy(estate, g => g, n => n));
        Row(sizes, "50 rules", estate, FiftyRules(estate));
        Row(sizes, "one rule: tcp/22 from the world", estate, WorldRule(estate));
        Row(sizes, "100 interfaces carry other groups", estate, Moved(estate));
        Row(sizes, "everything", estate, Large(sizes, seed: 2));
        int[] small = [250, 2_000, 5_000];
        var few = Large(small, seed: 1);
        var changed = FiftyRules(few);
        var ours = Row(small, "50 rules", few, changed);
        var naive = Naive(few, changed);
        Console.WriteLine($"| {Name(small)} | 50 rules, all pairs (baseline) | | {naive:N0} | | | | | {naive / ours:N0} times as long |");
        return 0;
    }

    private static double Row(int[] sizes, string change, Estate old, Estate @new)
    {
        DiffReport? report = null;
        var (models, diff, cpu, bytes) = (double.MaxValue, double.MaxValue, double.MaxValue, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            var before = ConnectivityModel.Of(old);
            var after = ConnectivityModel.Beside(before, @new);
            models = Math.Min(models, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var spent = Environment.CpuUsage.TotalTime;
            start = Stopwatch.GetTimestamp();
            report = SemanticDiff.Between(before, after);
            diff = Math.Min(diff, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            cpu = Math.Min(cpu, (Environment.CpuUsage.TotalTime - spent).TotalMilliseconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6;
            if (diff > 10_000) break;
        }

        Console.WriteLine($"| {Name(sizes)} | {change} | {models:N0} | {diff:N0} | {cpu:N0} | {bytes:N0} | {Count(report!.Added.Length)} | {Count(report.Removed.Length)} | {report.Relation}{(report.IsWhole ? string.Empty : ", lists cut")} |");
        return diff;
    }

    private static string Count(int boxes) => boxes == DiffOptions.Default.MostBoxes ? $"first {boxes:N0}" : $"{boxes:N0}";

    private static string Name(int[] sizes) => $"{sizes[0]:N0} groups, {sizes[1]:N0} interfaces, {sizes[2]:N0} rules";

    private static double Naive(Estate old, Estate @new)
    {
        var (before, after) = (ConnectivityModel.Of(old), ConnectivityModel.Of(@new));
        var start = Stopwatch.GetTimestamp();
        var pairs = 0;
        var ends = old.NetworkInterfaces.SelectMany(n => n.Addresses.Select(a => Endpoint.Of(n, a))).ToList();
        foreach (var from in ends)
        {
            foreach (var to in ends)
            {
                if (from.Interface!.Id == to.Interface!.Id || from.Address.Family != to.Address.Family) continue;
                var (then, now) = (Flow(before, from, to), Flow(after, from, to));
                if (!now.Subtract(then).IsEmpty || !then.Subtract(now).IsEmpty) pairs++;
            }
        }

        if (pairs == 0) throw new InvalidOperationException("Nothing differs: there is nothing to measure.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        static ServiceSet Flow(ConnectivityModel model, Endpoint from, Endpoint to) =>
            model.Side(Direction.Egress, from, to).And(model.Side(Direction.Ingress, from, to)).Allowed;
    }

    private static Estate Large(int[] sizes, int seed) => LargeEstate.Create(new LargeEstateOptions(sizes[0], sizes[2], sizes[1], seed));

    // Half the change takes a rule away, half adds one; the groups are spread over the estate.
    private static Estate FiftyRules(Estate estate)
    {
        var random = new Random(7);
        var changed = Enumerable.Range(0, 50).Select(_ => random.Next(estate.SecurityGroups.Length)).Distinct().ToHashSet();
        var (number, turn) = (-1, 0);
        return Copy(estate, Change, n => n);

        SecurityGroup Change(SecurityGroup group)
        {
            number++;
            if (!changed.Contains(number)) return group;
            if (turn++ % 2 == 0 && !group.Rules.IsEmpty) return group with { Rules = group.Rules.RemoveAt(random.Next(group.Rules.Length)) };
            var direction = random.Next(2) == 0 ? Direction.Ingress : Direction.Egress;
            Peer peer = random.Next(3) switch
            {
                0 => new CidrPeer(Cidr.Parse($"10.{random.Next(250)}.0.0/16")),
                1 => new CidrPeer(Cidr.Parse($"198.51.100.{random.Next(250)}/32")),
                _ => new GroupPeer(estate.SecurityGroups.Where(g => g.Vpc == group.Vpc).ElementAt(random.Next(20)).Id),
            };
            return group with { Rules = group.Rules.Add(new SecurityGroupRule(direction, Service.Tcp(7_000 + random.Next(1_000)), peer)) };
        }
    }

    private static Estate WorldRule(Estate estate)
    {
        var group = estate.NetworkInterfaces[estate.NetworkInterfaces.Length / 2].Groups[0];
        return Copy(estate, g => g.Id == group ? g with { Rules = g.Rules.Add(new SecurityGroupRule(Direction.Ingress, Service.Tcp(22), new CidrPeer(Cidr.AnyV4))) } : g, n => n);
    }

    private static Estate Moved(Estate estate)
    {
        var number = 0;
        return Copy(estate, g => g, n => number++ % (estate.NetworkInterfaces.Length / 100) == 0 ? n with { Groups = estate.NetworkInterfaces.First(o => o.Vpc == n.Vpc && o.Groups != n.Groups).Groups } : n);
    }

    private static Estate Copy(Estate estate, Func<SecurityGroup, SecurityGroup> group, Func<NetworkInterface, NetworkInterface> nic)
    {
        var builder = new EstateBuilder();
        foreach (var kind in Enum.GetValues<GapKind>()) builder.MarkCollected(kind);
        foreach (var value in estate.SecurityGroups) builder.Add(group(value));
        foreach (var value in estate.NetworkInterfaces) builder.Add(nic(value));
        foreach (var value in estate.Vpcs) builder.Add(value);
        foreach (var value in estate.PrefixLists) builder.Add(value);
        foreach (var value in estate.Peerings) builder.Add(value);
        foreach (var value in estate.TransitGatewayAttachments) builder.Add(value);
        foreach (var value in estate.VpcAssociations) builder.Add(value);
        foreach (var value in estate.Instances) builder.Add(value);
        return builder.Build();
    }
}
