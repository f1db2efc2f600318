using System.Diagnostics;
using System.Globalization;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;

namespace Sallyport.Benchmarks.Planning;

/// <summary>
/// A plan over a large estate (50 rules a group, one rule in ten differs), beside the diff one would write first: for each group
/// filter the declared rules, then <c>List.Contains</c> both ways. The baseline only finds the differences; ours also orders the
/// steps, checks the quota, warns, and is written as JSON.
/// </summary>
internal static class PlanBenchmark
{
    private const int Rounds = 5;
    private const int RulesPerGroup = 50;

    public static int Run(string[] args)
    {
        var rules = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var (estate, desired) = Create(rules / RulesPerGroup);
        _ = estate.Index.Groups.Count;
        var planner = new Planner();
        Plan plan = planner.Plan(estate, desired).Value!;
        var (planned, plannedBytes) = Best(() => plan = planner.Plan(estate, desired).Value!);
        var (written, _) = Best(() => PlanJsonWriter.ToBytes(plan));
        var difference = (Missing: 0, Undeclared: 0);
        var (naive, naiveBytes) = Best(() => difference = Naive(estate, desired));
        var summary = plan.Summary;
        if ((summary.Add, summary.Remove) != difference) throw new InvalidOperationException($"They disagree: {summary} and {difference}.");

        Console.WriteLine($"Estate: {estate.RuleCount:N0} rules in {estate.SecurityGroups.Length:N0} groups; plan: {summary.Add:N0} to add, {summary.Remove:N0} to remove, {plan.Steps.Length:N0} calls. Best of {Rounds}.");
        Console.WriteLine();
        Console.WriteLine("| what | ms | allocated MB | against the baseline |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        Console.WriteLine($"| plan: differences, order, quota, warnings, digest | {planned:N0} | {plannedBytes:N0} | {naive / planned:N1} times as fast |");
        Console.WriteLine($"| baseline: filter and List.Contains, differences only | {naive:N0} | {naiveBytes:N0} | 1 |");
        Console.WriteLine($"| plan written as JSON | {written:N0} | | |");
        return 0;
    }

    private static (double Milliseconds, double Megabytes) Best(Action action)
    {
        var (best, bytes) = (double.MaxValue, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6;
        }

        return (best, bytes);
    }

    private static (int Missing, int Undeclared) Naive(Estate estate, DesiredRules desired)
    {
        var (missing, undeclared) = (0, 0);
        foreach (var group in estate.SecurityGroups)
        {
            var declared = desired.Rules.Where(r => r.Group == group.Id).Select(r => r.Key).ToList();
            var present = group.Rules.Select(r => r.Key).ToList();
            missing += declared.Count(d => !present.Contains(d));
            undeclared += present.Count(p => !declared.Contains(p));
        }

        return (missing, undeclared);
    }

    private static (Estate Estate, DesiredRules Desired) Create(int groups)
    {
        var scope = new Scope("111122223333", "eu-west-1");
        var builder = new EstateBuilder();
        var declared = new List<DesiredRule>();
        var managed = new List<ManagedGroup>();
        for (var g = 0; g < groups; g++)
        {
            var id = new SecurityGroupId($"sg-{g + 1:x17}");
            managed.Add(new ManagedGroup($"group-{g}", id, scope, false));
            var rules = new List<SecurityGroupRule>();
            for (var r = 0; r < RulesPerGroup; r++)
            {
                var direction = r % 2 == 0 ? Direction.Ingress : Direction.Egress;
                Peer peer = r % 5 < 3 ? new GroupPeer(new SecurityGroupId($"sg-{((g + r) % groups) + 1:x17}")) : new CidrPeer(Cidr.Parse($"10.{g % 250}.{r}.0/24"));
                var key = new RuleKey(direction, Service.Tcp(1000 + r), peer);
                rules.Add(new SecurityGroupRule(direction, key.Service, peer) { Id = new SecurityGroupRuleId($"sgr-{((long)g * RulesPerGroup) + r:x17}"), Tags = Tags.None, Description = "in use" });
                declared.Add(new DesiredRule(id, r % 10 == 9 ? key with { Service = Service.Tcp(2000 + r) } : key, $"because [c{g}]", [$"c{g}"]));
            }

            builder.Add(new SecurityGroup(id, scope) { Name = $"group-{g}", Rules = [.. rules] });
        }

        return (builder.Build(), new DesiredRules { Rules = [.. declared.OrderBy(d => d.Group).ThenBy(d => d.Key)], Groups = [.. managed] });
    }
}
