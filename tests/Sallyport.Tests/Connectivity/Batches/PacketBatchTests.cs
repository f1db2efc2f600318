using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Batches;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reports.Connectivity;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity.Batches;

public sealed class PacketBatchTests
{
    private const string Web = "eni-00000001";

    private static readonly ConnectivityModel Model = ConnectivityModel.Of(new EstateBuilder()
        .Add(new SecurityGroup(EstateGenerator.GroupId(1), EstateGenerator.Home) { Vpc = EstateGenerator.VpcA, Rules = [new(Direction.Egress, Service.Parse("tcp/443"), new CidrPeer(Cidr.AnyV4)), new(Direction.Ingress, Service.Parse("icmp/8/0"), new CidrPeer(Cidr.AnyV4))] })
        .Add(new NetworkInterface(new NetworkInterfaceId(Web), EstateGenerator.Home) { Vpc = EstateGenerator.VpcA, Groups = [EstateGenerator.GroupId(1)], Addresses = [Address.Parse("10.1.0.5"), Address.Parse("2001:db8:a::5")] })
        .Add(new NetworkInterface(new NetworkInterfaceId("eni-00000002"), EstateGenerator.Home) { Vpc = EstateGenerator.VpcA, Addresses = [Address.Parse("10.1.0.6"), Address.Parse("2001:db8:a::6")] })
        .Add(new NetworkInterface(new NetworkInterfaceId("eni-00000003"), EstateGenerator.Home) { Vpc = EstateGenerator.VpcB, Addresses = [Address.Parse("10.1.0.6")] })
        .Build());

    [Theory]
    [InlineData("""{"from":"eni-00000001","to":"203.0.113.9","protocol":"tcp","port":443}""", "allowed")]
    [InlineData("""{"from":"10.1.0.5","to":"203.0.113.9","protocol":6,"port":443}""", "allowed")]
    [InlineData("""{"from":"vpc-0000000a/10.1.0.5","to":"203.0.113.9","protocol":"TCP","port":443}""", "allowed")]
    [InlineData("""  { "port" : 443 , "protocol":"\u0074cp" , "to":"203.0.113.9", "from":"\u00310.1.0.5" }  """, "allowed")]
    [InlineData("""{"from":"eni-00000001","to":"203.0.113.9","protocol":"6","port":443,"type":null,"code":null}""", "allowed")]
    [InlineData("""{"from":"eni-00000001","to":"203.0.113.9","protocol":"tcp","port":442}""", "denied-at-egress")]
    [InlineData("""{"from":"eni-00000001","to":"203.0.113.9","protocol":47}""", "denied-at-egress")]
    [InlineData("""{"from":"203.0.113.9","to":"eni-00000001","protocol":"icmp","type":8,"code":0}""", "allowed")]
    [InlineData("""{"from":"203.0.113.9","to":"eni-00000001","protocol":"icmp","type":8}""", "allowed")]
    [InlineData("""{"from":"203.0.113.9","to":"eni-00000001","protocol":"icmp","type":8,"code":1}""", "denied-at-ingress")]
    [InlineData("""{"from":"203.0.113.9","to":"198.51.100.1","protocol":"udp","port":0}""", "allowed")]
    [InlineData("""{"from":"eni-00000001","to":"eni-00000001","protocol":"udp","port":1}""", "allowed")]
    [InlineData("""{"from":"10.1.0.5","to":"2001:db8::1","protocol":"tcp","port":443}""", "no-route")]
    public void A_line_is_a_packet(string line, string verdict) => Assert.Equal([$$"""{"verdict":"{{verdict}}"}"""], Lines(line));

    [Fact]
    public void An_interface_with_both_families_is_judged_at_both()
    {
        // IPv4 leaves on 443 and IPv6 does not: some pairs, not all. Towards one address there is one pair.
        Assert.Equal(
            ["partly", "allowed", "denied-at-egress"],
            Verdicts(
                """{"from":"eni-00000001","to":"eni-00000002","protocol":"tcp","port":443}""",
                """{"from":"eni-00000001","to":"vpc-0000000a/10.1.0.6","protocol":"tcp","port":443}""",
                """{"from":"eni-00000001","to":"2001:db8:a::6","protocol":"tcp","port":443}"""));
    }

    [Theory]
    [InlineData("""{"from":"eni-00000001","to":"10.1.0.6","protocol":"tcp","port":443}""", "SPD2103")]
    [InlineData("""{"from":"eni-0000000f","to":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2101")]
    [InlineData("""{"from":"vpc-000000ff/10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2101")]
    [InlineData("""{"from":"web","to":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2123")]
    [InlineData("""{"from":"10.1.0.0/24","to":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2123")]
    [InlineData("""{"from":"","to":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2123")]
    [InlineData("""{"from":5,"to":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2122")]
    [InlineData("""{"to":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","protocol":"tcp","port":443}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","port":443}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp"}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"udp","port":null}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":65536}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":-1}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":443.5}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":99999999999999999999}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":"443"}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":{"a":[1]}}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"icmp","code":0}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"icmp","type":256}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"icmp","type":8,"code":-1}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"all"}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":-1}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":256}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":true}""", "SPD2122")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":1,"prot":1}""", "SPD2121")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":1,"port":1}""", "SPD2121")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":1""", "SPD2120")]
    [InlineData("""{"from":"10.1.0.5","to":"10.1.0.5","protocol":"tcp","port":1} {}""", "SPD2120")]
    [InlineData("""{"from":"\ud800","to":"10.1.0.5","protocol":"tcp","port":1}""", "SPD2120")]
    [InlineData("[]", "SPD2120")]
    [InlineData("null", "SPD2120")]
    [InlineData("packet", "SPD2120")]
    [InlineData("{", "SPD2120")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[", "SPD2120")]
    public void A_line_that_is_no_packet_is_answered_where_it_stands(string line, string code)
    {
        const string Good = """{"from":"eni-00000001","to":"203.0.113.9","protocol":"tcp","port":443}""";
        var (lines, result) = Run($"{Good}\n{line}\n{Good}\n");
        Assert.Equal(3, lines.Count);
        Assert.Equal("""{"verdict":"allowed"}""", lines[0]);
        Assert.Equal("""{"verdict":"allowed"}""", lines[2]);
        using var json = JsonDocument.Parse(lines[1]);
        Assert.Equal("unknown", json.RootElement.GetProperty("verdict").GetString());
        Assert.StartsWith(code + " ", json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, result.Failures);
        Assert.Equal($"f:2: error {code}: {result.Errors[0].Message}", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Only_the_first_mistakes_are_kept_and_all_are_counted()
    {
        var (lines, result) = Run(string.Concat(Enumerable.Repeat("x\n", 1_000)));
        Assert.Equal(1_000, lines.Count);
        Assert.Equal(1_000, result.Failures);
        Assert.Equal(20, result.Errors.Length);
        Assert.Equal(20, result.Errors[19].At!.Line);
    }

    [Theory]
    [InlineData(64 * 1024, false)]
    [InlineData((64 * 1024) + 1, true)]
    [InlineData(200_000, true)]
    [InlineData(1_000_000, true)]
    public void A_line_beyond_the_limit_is_passed_over(int length, bool isTooLong)
    {
        const string Good = """{"from":"eni-00000001","to":"203.0.113.9","protocol":"tcp","port":443}""";
        foreach (var end in new[] { "\n", $"\n{Good}\n", "" })
        {
            var (lines, result) = Run($"{Good}\n{Good[..^1]}{new string(' ', length - Good.Length)}}}{end}");
            Assert.Equal(end.Length > 1 ? 3 : 2, lines.Count);
            Assert.Equal(isTooLong, lines[1].Contains("SPD2124", StringComparison.Ordinal));
            Assert.Equal(isTooLong ? 1 : 0, result.Failures);
            if (end.Length > 1) Assert.Equal("""{"verdict":"allowed"}""", lines[2]);
            if (isTooLong) Assert.Equal(2, result.Errors[0].At!.Line);
        }
    }

    [Fact]
    public void Empty_lines_marks_and_line_ends_of_windows_are_read_over()
    {
        const string Good = """{"from":"eni-00000001","to":"203.0.113.9","protocol":"tcp","port":443}""";
        Assert.Empty(Run("").Lines);
        Assert.Equal(2, Run($"\uFEFF\r\n{Good}\r\n\r\n  \n{Good}").Lines.Count(l => l == """{"verdict":"allowed"}"""));
        foreach (var encoding in new Encoding[] { new UnicodeEncoding(bigEndian: false, byteOrderMark: true), new UnicodeEncoding(bigEndian: true, byteOrderMark: true) })
        {
            Assert.Equal(["""{"verdict":"allowed"}"""], Run([.. encoding.Preamble, .. encoding.GetBytes(Good + "\r\n")]).Lines);
        }
    }

    [Fact]
    public void A_stream_that_comes_in_crumbs_is_the_same_stream()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => $$"""{"from":"eni-00000001","to":"203.0.113.{{i % 256}}","protocol":"tcp","port":{{440 + (i % 5)}}}""" + "\n"));
        var whole = Run(text).Lines;
        using var output = new MemoryStream();
        using var crumbs = new CrumbStream(Encoding.UTF8.GetBytes(text), 7);
        new PacketBatch(Model, isEffective: false).Run(crumbs, "f", PacketAnswers.Lines(output));
        Assert.Equal(whole, Split(output));
    }

    [Fact]
    public void Answers_are_handed_over_before_more_is_waited_for()
    {
        using var output = new MemoryStream();
        var seen = new List<long>();
        using var input = new CrumbStream(Encoding.UTF8.GetBytes("""{"from":"eni-00000001","to":"203.0.113.9","protocol":"tcp","port":443}""" + "\n"), 1_000) { OnRead = () => seen.Add(output.Length) };
        new PacketBatch(Model, isEffective: false).Run(input, "f", PacketAnswers.Lines(output));
        Assert.Equal("""{"verdict":"allowed"}""".Length + 1, seen[^1]);
    }

    [Fact]
    public void A_document_and_a_text_hold_the_same_answers()
    {
        const string Input = """
            {"from":"eni-00000001","to":"203.0.113.9","protocol":"tcp","port":443}
            {"from":"eni-00000001","to":"203.0.113.9","protocol":"icmp","type":3,"code":4}
            x
            """;
        using var document = new MemoryStream();
        new PacketBatch(Model, isEffective: false).Run(new MemoryStream(Encoding.UTF8.GetBytes(Input)), "f", PacketAnswers.Document(document));
        using var json = JsonDocument.Parse(document.ToArray());
        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(["allowed", "denied-at-egress", "unknown"], json.RootElement.GetProperty("answers").EnumerateArray().Select(a => a.GetProperty("verdict").GetString()));
        using var empty = new MemoryStream();
        new PacketBatch(Model, isEffective: false).Run(new MemoryStream(), "f", PacketAnswers.Document(empty));
        Assert.Equal("{\"schemaVersion\":1,\"answers\":[]}\n", Encoding.UTF8.GetString(empty.ToArray()));

        using var text = new MemoryStream();
        new PacketBatch(Model, isEffective: false).Run(new MemoryStream(Encoding.UTF8.GetBytes(Input)), "f", new PacketTextAnswers(text));
        Assert.Equal(
            "allowed            eni-00000001 -> 203.0.113.9 tcp/443\ndenied-at-egress   eni-00000001 -> 203.0.113.9 icmp/3/4\nunknown            not a packet (SPD2120)\n",
            Encoding.UTF8.GetString(text.ToArray()));
    }

    [Fact]
    public void A_batch_says_what_single_questions_say() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var estate = draft.Build();
        var (model, probe, random) = (ConnectivityModel.Of(estate), new ConnectivityProbe(estate), new Random(draft.Seed));
        var (resolver, ends) = (new EndpointResolver(model), Ends(estate, probe));
        var questions = Enumerable.Range(0, 150).Select(_ => (From: ends[random.Next(ends.Count)], To: ends[random.Next(ends.Count)], Point: probe.Points[random.Next(probe.Points.Length)])).ToList();
        var input = string.Concat(questions.Select(q => Line(q.From, q.To, q.Point)));
        foreach (var isEffective in new[] { false, true })
        {
            var answers = Run(Encoding.UTF8.GetBytes(input), model, isEffective).Lines;
            Assert.Equal(questions.Count, answers.Count);
            foreach (var ((from, to, point), answer) in questions.Zip(answers))
            {
                var (a, b) = (resolver.Resolve(from), resolver.Resolve(to));
                var expected = a.Value is { } source && b.Value is { } target
                    ? VerdictNames.Of(ReachReport.Of(model, new ReachQuestion(source, target, ServiceSet.FromIntervals([new Sallyport.Packets.Interval(point, point)]), isEffective)).Answer.Verdict)
                    : "unknown\",\"error";
                Assert.True(answer.StartsWith($"{{\"verdict\":\"{expected}\"", StringComparison.Ordinal), $"{Line(from, to, point)} ({(isEffective ? "effective" : "sg")}): {answer} instead of {expected}");
            }
        }
    }).QuickCheckThrowOnFailure();

    private static List<string> Ends(Estate estate, ConnectivityProbe probe) =>
    [
        .. estate.NetworkInterfaces.SelectMany(n => Enumerable.Repeat(n.Id.Value, 4)),
        .. probe.Held.Select(e => e.Address.ToString()),
        .. probe.Held.Where(e => e.Vpc is not null).Select(e => $"{e.Vpc}/{e.Address}"),
        .. probe.Outside.Select(e => e.Address.ToString()),
        .. estate.NetworkInterfaces.SelectMany(n => n.PublicAddresses).Select(p => p.Value.ToString()),
        "8.8.8.8", "10.200.0.1",
    ];

    private static string Line(string from, string to, int point)
    {
        var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
        var rest = protocol switch { 6 or 17 => $",\"port\":{a}", 1 or 58 => $",\"type\":{a},\"code\":{b}", _ => "" };
        return $"{{\"from\":\"{from}\",\"to\":\"{to}\",\"protocol\":{protocol}{rest}}}\n";
    }

    private static List<string> Verdicts(params string[] lines) =>
        [.. Lines(string.Join('\n', lines)).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("verdict").GetString()!)];

    private static List<string> Lines(string text) => Run(text).Lines;

    private static (List<string> Lines, PacketBatchResult Result) Run(string text) => Run(Encoding.UTF8.GetBytes(text));

    private static (List<string> Lines, PacketBatchResult Result) Run(byte[] bytes) => Run(bytes, Model, isEffective: false);

    private static (List<string> Lines, PacketBatchResult Result) Run(byte[] bytes, ConnectivityModel model, bool isEffective)
    {
        using var output = new MemoryStream();
        var result = new PacketBatch(model, isEffective).Run(new MemoryStream(bytes), "f", PacketAnswers.Lines(output));
        return (Split(output), result);
    }

    private static List<string> Split(MemoryStream output)
    {
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.True(text.Length == 0 || text.EndsWith('\n'));
        return [.. text.Split('\n')[..^1]];
    }

    /// <summary>Gives few bytes at a time, as a slow pipe does.</summary>
    private sealed class CrumbStream(byte[] content, int size) : MemoryStream(content)
    {
        public Action? OnRead { get; init; }

        // The overload for spans calls this one.
        public override int Read(byte[] buffer, int offset, int count)
        {
            OnRead?.Invoke();
            return base.Read(buffer, offset, Math.Min(size, count));
        }
    }
}
