using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Sallyport.Estates;
using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Benchmarks.Lab;

/// <summary>
/// How many describe pages and authorize calls a second the lab answers over loopback, each beside a bare Kestrel endpoint that
/// reads the same request and returns the same bytes from memory. The two are measured in turns, so that both see the same machine.
/// </summary>
internal static class LabBenchmark
{
    private const int Rounds = 3;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);

    /// <summary>Arguments: seconds a measurement, default 3.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = args is [var text] ? double.Parse(text, CultureInfo.InvariantCulture) : 3;
        var estate = LargeEstate.Create(new LargeEstateOptions(Groups: 1_000, Rules: 20_000, Interfaces: 4_000, Seed: 1));
        var scope = estate.Scopes[0];
        await using var lab = await LabServer.StartAsync(
            new LabOptions { Estate = estate, Quotas = new LabQuotas { RulesPerGroup = int.MaxValue } }, CancellationToken.None);
        var key = lab.Credentials.First(c => c.Account == scope.Account).AccessKeyId;
        using var labClient = new QueryClient(lab.Endpoint, key, scope.Region);
        var groups = estate.SecurityGroups.Where(g => g.Scope == scope).Select(g => g.Id).ToList();
        var rules = estate.SecurityGroups.Where(g => g.Scope == scope).Sum(g => g.Rules.Length);
        var number = 0;
        (string Name, Func<string> Body)[] cases =
        [
            ("DescribeSecurityGroups, 100 a page", () => "Action=DescribeSecurityGroups&Version=2016-11-15&MaxResults=100"),
            ("DescribeSecurityGroups, 1000 a page", () => "Action=DescribeSecurityGroups&Version=2016-11-15&MaxResults=1000"),
            ("DescribeSecurityGroupRules, 1000 a page", () => "Action=DescribeSecurityGroupRules&Version=2016-11-15&MaxResults=1000"),
            ("DescribeNetworkInterfaces, 1000 a page", () => "Action=DescribeNetworkInterfaces&Version=2016-11-15&MaxResults=1000"),
            ("AuthorizeSecurityGroupEgress, one rule", () => Authorize(groups, Interlocked.Increment(ref number))),
        ];

        Console.WriteLine($"# Lab throughput over loopback");
        Console.WriteLine();
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}; client and server share them.");
        Console.WriteLine($"Estate: {groups.Count} groups and {rules} rules in the Region asked. Best of {Rounds} rounds of {seconds} s, the two in turns; signatures not checked.");
        Console.WriteLine();
        Console.WriteLine("| call | clients | bytes an answer | lab calls/s | bare Kestrel calls/s | lab takes |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (name, body) in cases)
        {
            var answer = await labClient.SendAsync(body());
            await using var bare = await BareServer.StartAsync(answer);
            using var bareClient = new QueryClient(bare.Endpoint, key, scope.Region);
            foreach (var clients in new[] { 1, 8 }) await MeasureAsync(name, clients, answer.Length, labClient, bareClient, body, seconds);
        }

        return 0;
    }

    private static async Task MeasureAsync(
        string name, int clients, int bytes, QueryClient lab, QueryClient bare, Func<string> body, double seconds)
    {
        await RateAsync(lab, clients, body, Warmup);
        await RateAsync(bare, clients, body, Warmup);
        var (labBest, bareBest) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            labBest = Math.Max(labBest, await RateAsync(lab, clients, body, TimeSpan.FromSeconds(seconds)));
            bareBest = Math.Max(bareBest, await RateAsync(bare, clients, body, TimeSpan.FromSeconds(seconds)));
        }

        Console.WriteLine($"| {name} | {clients} | {bytes:n0} | {labBest:n0} | {bareBest:n0} | {bareBest / labBest:f1}x |");
    }

    private static async Task<double> RateAsync(QueryClient client, int clients, Func<string> body, TimeSpan duration)
    {
        var calls = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < duration)
            {
                await client.SendAsync(body());
                Interlocked.Increment(ref calls);
            }
        })));
        return calls / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Never the same rule twice: EC2 would refuse the second.</summary>
    private static string Authorize(List<SecurityGroupId> groups, int number) =>
        $"Action=AuthorizeSecurityGroupEgress&Version=2016-11-15&GroupId={groups[number % groups.Count]}"
        + "&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443&IpPermissions.1.ToPort=443"
        + $"&IpPermissions.1.IpRanges.1.CidrIp=11.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}%2F32";
}
