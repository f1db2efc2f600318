using System.Globalization;
using System.Text;
using Sallyport.Aws;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Estates.Snapshots;
using Sallyport.Tests.Generators;

namespace Sallyport.Cli.Tests;

/// <summary>
/// Acceptance: <c>reach SNAPSHOT --packets FILE</c> over twenty estates of every trap, packets at their boundaries, each verdict
/// held against the rule-by-rule oracle. SALLYPORT_PACKETS=200000 asks the whole four million, which takes half a minute; the same
/// number goes through the library in every run.
/// </summary>
public sealed class PacketFileTests
{
    private static readonly int PacketsOfAnEstate = int.Parse(Environment.GetEnvironmentVariable("SALLYPORT_PACKETS") ?? "20000", CultureInfo.InvariantCulture);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_verdict_of_a_packet_file_is_the_oracles(int seed)
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-packets-");
        try
        {
            var (snapshot, packetFile) = (Path.Combine(folder.FullName, "estate.json"), Path.Combine(folder.FullName, "packets.jsonl"));
            var estate = WriteAndRead(ConnectivityEstateGenerator.FromSeed(seed, scale: 6).Build(), snapshot);
            var expected = WritePackets(estate, seed, packetFile);
            var run = await Run.Sallyport(["reach", snapshot, "--packets", packetFile, "--allow-partial", "-o", "jsonl"], cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(run.Code == ExitCode.Done, $"{run.Code}: {run.Error}");
            AssertSame(expected, run.Out, packetFile);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The oracle judges what a reader of the file has, and not what the generator made.
    private static Estate WriteAndRead(Estate estate, string path)
    {
        using (var file = File.Create(path)) SnapshotWriter.Write(estate, file);
        var builder = new EstateBuilder();
        using var stream = File.OpenRead(path);
        Assert.Empty(new EstateFileReader(EstateSources.Formats).Read(stream, new EstateFile(path), builder));
        return builder.Build();
    }

    private static List<Verdict> WritePackets(Estate estate, int seed, string path)
    {
        var (oracle, names) = (new ReachOracle(estate), new PacketNames(estate));
        var expected = new List<Verdict>(PacketsOfAnEstate);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var (from, to, point) in new PacketSource(estate, seed).Take(2 * PacketsOfAnEstate))
        {
            if (expected.Count == PacketsOfAnEstate) break;
            if (names.Of(from) is not { } source || names.Of(to) is not { } target || (from.Interface is { } nic && nic.Id == to.Interface?.Id)) continue;
            var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
            expected.Add(oracle.Judge(from, to, protocol, a, b));
            file.WriteLine($$"""{"from":"{{source}}","to":"{{target}}",{{Header(protocol, a, b)}}}""");
        }

        Assert.Equal(PacketsOfAnEstate, expected.Count);
        return expected;
    }

    private static string Header(int protocol, int a, int b) => protocol switch
    {
        6 => $"\"protocol\":\"tcp\",\"port\":{a}",
        17 => $"\"protocol\":\"udp\",\"port\":{a}",
        1 => $"\"protocol\":\"icmp\",\"type\":{a},\"code\":{b}",
        58 => $"\"protocol\":\"icmpv6\",\"type\":{a},\"code\":{b}",
        _ => $"\"protocol\":{protocol}",
    };

    private static void AssertSame(List<Verdict> expected, string answers, string packetFile)
    {
        using var packets = File.ReadLines(packetFile).GetEnumerator();
        var number = 0;
        foreach (var line in answers.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty) continue;
            packets.MoveNext();
            if (!line.SequenceEqual($$"""{"verdict":"{{VerdictNames.Of(expected[number])}}"}""")) Assert.Fail($"{packets.Current}: {line} instead of {expected[number]}");
            number++;
        }

        Assert.Equal(expected.Count, number);
    }

    /// <summary>How a packet file names an end, where it can: overlapping VPCs and interfaces that share an address take a qualified name.</summary>
    private sealed class PacketNames(Estate estate)
    {
        private readonly Dictionary<Endpoint, string?> _known = [];

        public string? Of(Endpoint end)
        {
            if (!_known.TryGetValue(end, out var name)) _known.Add(end, name = Make(end));
            return name;
        }

        private string? Make(Endpoint end)
        {
            var holders = estate.NetworkInterfaces.Where(n => n.Addresses.Contains(end.Address) || n.Prefixes.Any(p => p.Contains(end.Address))).ToList();
            if (end.Interface is not { } nic)
            {
                // A public address of an interface names the interface.
                return estate.NetworkInterfaces.Any(n => n.PublicAddresses.Any(p => p.Value == end.Address)) ? null : end.Address.ToString();
            }

            if (nic is { Addresses.Length: 1, Prefixes.Length: 0 }) return nic.Id.Value;
            if (holders.Count == 1) return end.Address.ToString();
            return nic.Vpc is { } vpc && holders.Count(h => h.Vpc == vpc) == 1 ? $"{vpc}/{end.Address}" : null;
        }
    }
}
