using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.Cli.Tests;

public sealed class DiffCommandTests : IDisposable
{
    private const string Web = """
        {"SecurityGroups":[{"GroupId":"sg-00000001","GroupName":"web|x","OwnerId":"111122223333","VpcId":"vpc-0000000a","Description":"x",
          "IpPermissions":[RULES],"IpPermissionsEgress":[]}],
         "NetworkInterfaces":[{"NetworkInterfaceId":"eni-00000001","OwnerId":"111122223333","VpcId":"vpc-0000000a","Status":"in-use","Groups":[{"GroupId":"sg-00000001"}],
          "PrivateIpAddress":"10.1.0.5","PrivateIpAddresses":[{"PrivateIpAddress":"10.1.0.5","Primary":true}]}],
         "VpcPeeringConnections":[],"Vpcs":[{"VpcId":"vpc-0000000a","OwnerId":"111122223333","CidrBlock":"10.1.0.0/16"}]}
        """;

    private const string Https = """{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""";
    private const string Ssh = """{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-diff-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_rule_that_opens_ssh_to_the_world_widens_with_a_packet_and_the_rule()
    {
        var run = await Expect(ExitCode.Different, "diff", Estate("old", Https), Estate("new", $"{Https},{Ssh}"), "-o", "json");
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("widens", root.GetProperty("relation").GetString());
        Assert.Equal("widens", root.GetProperty("latentRelation").GetString());
        Assert.Equal("snapshot", root.GetProperty("basis").GetString());
        Assert.True(root.GetProperty("certain").GetBoolean());
        Assert.True(root.GetProperty("complete").GetBoolean());
        Assert.Equal(0, root.GetProperty("removed").GetArrayLength());
        Assert.Equal(1, root.GetProperty("summary").GetProperty("interfacesOpenedToInternet").GetInt32());
        var box = Assert.Single(root.GetProperty("added").EnumerateArray());
        Assert.Equal("0.0.0.0/0", box.GetProperty("from").GetString());
        Assert.Equal(["0.0.0.0/0"], Texts(box, "fromBlocks"));
        Assert.Equal("web|x", box.GetProperty("to").GetString());
        Assert.Equal("sg-00000001", box.GetProperty("toId").GetString());
        Assert.Equal(["tcp/22"], Texts(box, "services"));
        var witness = box.GetProperty("witness");
        Assert.Equal(("192.0.2.0", "10.1.0.5", "tcp", 22), (witness.GetProperty("from").GetString(), witness.GetProperty("to").GetString(), witness.GetProperty("protocol").GetString(), witness.GetProperty("port").GetInt32()));
        Assert.Equal("sg-00000001 ingress tcp/22 from 0.0.0.0/0", Assert.Single(box.GetProperty("because").EnumerateArray()).GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_other_way_round_it_narrows_and_without_a_change_it_is_equal()
    {
        var (old, @new) = (Estate("old", Https), Estate("new", $"{Https},{Ssh}"));
        Assert.StartsWith("narrows", (await Expect(ExitCode.Different, "diff", @new, old)).Out, StringComparison.Ordinal);
        var same = await Expect(ExitCode.Done, "diff", old, old);
        Assert.Equal("equal: the same flows get through\n", same.Out);
    }

    [Fact]
    public async Task Markdown_escapes_names_and_tells_packet_and_cause()
    {
        var run = await Expect(ExitCode.Different, "diff", Estate("old", Https), Estate("new", $"{Https},{Ssh}"), "-o", "markdown");
        Assert.StartsWith("<!-- sallyport:diff -->\n### Traffic: widens", run.Out, StringComparison.Ordinal);
        Assert.Contains("| 0.0.0.0/0 | web&#124;x (sg-00000001) | tcp/22 |", run.Out, StringComparison.Ordinal);
        Assert.Contains("| sg-00000001 ingress tcp/22 from 0.0.0.0/0 |", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_alone_are_compared_by_their_rules()
    {
        const string groups = """{"SecurityGroups":[{"GroupId":"sg-00000001","GroupName":"web","OwnerId":"111122223333","VpcId":"vpc-0000000a","Description":"x","IpPermissions":[RULES],"IpPermissionsEgress":[]}]}""";
        var run = await Expect(ExitCode.Different, "diff", Write("old.json", groups.Replace("RULES", Https, StringComparison.Ordinal)), Write("new.json", groups.Replace("RULES", $"{Https},{Ssh}", StringComparison.Ordinal)), "-o", "json");
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("symbolic", json.RootElement.GetProperty("basis").GetString());
        Assert.Equal("widens", json.RootElement.GetProperty("relation").GetString());
        Assert.Equal(["tcp/22"], Texts(Assert.Single(json.RootElement.GetProperty("added").EnumerateArray()), "services"));
    }

    [Fact]
    public async Task It_takes_two_sources_and_a_limit_of_one_or_more()
    {
        var old = Estate("old", Https);
        await Expect(ExitCode.BadInput, "diff", old);
        await Expect(ExitCode.BadInput, "diff", old, old, old);
        await Expect(ExitCode.BadInput, "diff", old, old, "--limit", "0");
        await Expect(ExitCode.BadInput, "diff", old, "nothing.json");
    }

    [Fact]
    public async Task A_limit_cuts_the_lists_and_says_so()
    {
        const string all = """{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}]},{"IpProtocol":"tcp","FromPort":23,"ToPort":23,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""";
        var run = await Expect(ExitCode.Different, "diff", Estate("old", Https), Estate("new", all), "--limit", "1", "-o", "json");
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("incomparable", json.RootElement.GetProperty("relation").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("added").GetArrayLength());
        Assert.False(json.RootElement.GetProperty("complete").GetBoolean());
        Assert.True(json.RootElement.GetProperty("omitted").GetInt32() > 0);
    }

    [Fact]
    public async Task The_demos_tightening_narrows()
    {
        await Expect(ExitCode.Done, "demo", "--out", At("demo"));
        var run = await Expect(ExitCode.Different, "diff", At("demo/before.json"), At("demo/after.json"), "-o", "json");
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("narrows", json.RootElement.GetProperty("relation").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("added").GetArrayLength());
        Assert.Equal(0, json.RootElement.GetProperty("unknown").GetArrayLength());
        Assert.Contains(json.RootElement.GetProperty("removed").EnumerateArray(), b => b.GetProperty("to").GetString() == "shop-search" && Texts(b, "services").Contains("tcp/9200"));
        var again = await Expect(ExitCode.Different, "diff", At("demo/before.json"), At("demo/after.json"), "-o", "json");
        Assert.Equal(run.Out, again.Out);
        Assert.Contains("what it means for traffic:\nnarrows", (await Expect(ExitCode.Different, "plan", At("demo/connections.yaml"), At("demo/before.json"))).Out, StringComparison.Ordinal);
    }

    private string Estate(string name, string rules) => Write($"{name}.json", Web.Replace("RULES", rules, StringComparison.Ordinal));

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static IEnumerable<string> Texts(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!);

    private static async Task<Run> Expect(ExitCode code, params ImmutableArray<string> args)
    {
        var run = await Run.Sallyport(args);
        Assert.True(run.Code == code, $"sallyport {string.Join(' ', args)}\nexpected {code}, was {run.Code}\n{run.Error}\n{run.Out}");
        return run;
    }
}
