using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Tests.Estates.Files;

namespace Sallyport.Tests.Estates.AwsCli;

public class BrokenInputTests
{
    private const string Good = """{"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "größe", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}], "IpPermissionsEgress": []}]}""";

    [Theory]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}""", "upside down")]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 70000, "ToPort": 70000, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}""", "outside 0-65535")]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 99999999999999, "ToPort": 1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}""", "outside 0-65535")]
    [InlineData("""{"IpProtocol": "tcp", "FromPort": 0, "ToPort": -1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}""", "outside 0-65535")]
    [InlineData("""{"IpProtocol": "icmp", "FromPort": 300, "ToPort": -1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}""", "outside -1..255")]
    [InlineData("""{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/33"}]}""", "not a CIDR")]
    [InlineData("""{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0"}]}""", "not a CIDR")]
    [InlineData("""{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/08"}]}""", "not a CIDR")]
    [InlineData("""{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "010.0.0.0/8"}]}""", "not a CIDR")]
    [InlineData("""{"IpProtocol": "-1", "IpRanges": [{"CidrIp": ""}]}""", "not a CIDR")]
    [InlineData("""{"IpProtocol": "-1", "IpRanges": [{"Description": "nothing"}]}""", "no peer")]
    [InlineData("""{"IpProtocol": "-1", "IpRanges": [], "UserIdGroupPairs": []}""", "no peer")]
    [InlineData("""{"IpProtocol": "-1", "UserIdGroupPairs": [{"UserId": "111122223333", "GroupName": "classic"}]}""", "without its id")]
    [InlineData("""{"IpProtocol": "tpc", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}""", "\"tpc\" is not a protocol")]
    [InlineData("""{"IpRanges": [{"CidrIp": "10.0.0.0/8"}]}""", "no protocol")]
    public void A_malformed_permission_is_left_out_with_a_warning_and_the_rest_stays(string permission, string problem)
    {
        var read = FileRead.Of($$"""{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [], "IpPermissionsEgress": [{"IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "IpRanges": [{"CidrIp": "10.0.0.2/32"}]},{{"\n"}}{{permission}}]}]}""");

        var said = Assert.Single(read.Said);
        Assert.Equal("SPD2050", said.Code);
        Assert.Equal(Severity.Warning, said.Severity);
        Assert.Equal(2, said.At!.Line);
        Assert.Contains(problem, said.Message, StringComparison.Ordinal);
        var group = Assert.Single(read.Estate.SecurityGroups);
        Assert.Equal("udp/53", Assert.Single(group.Rules).Service.ToString());
        Assert.Contains(problem, Assert.Single(group.Malformed).Problem, StringComparison.Ordinal);
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.Rules && g.Where == "sg-1");
    }

    [Theory]
    [InlineData("""  "IpProtocol": "-1" """, "no peer")]
    [InlineData("""  "IpProtocol": "-1", "CidrIpv4": "10.0.0.0/8", "CidrIpv6": "::/0" """, "more than one peer")]
    [InlineData("""  "IpProtocol": "-1", "CidrIpv4": "10.0.0.0/8", "ReferencedGroupInfo": {"GroupId": "sg-2"} """, "more than one peer")]
    [InlineData("""  "IpProtocol": "-1", "CidrIpv4": "x" """, "not a CIDR")]
    [InlineData("""  "IpProtocol": "-1", "ReferencedGroupInfo": {"UserId": "111122223333"} """, "without its id")]
    [InlineData("""  "IpProtocol": "tcp", "FromPort": 5, "ToPort": 4, "CidrIpv4": "10.0.0.0/8" """, "upside down")]
    public void A_malformed_rule_of_the_rule_view_is_left_out_with_a_warning(string fields, string problem)
    {
        var read = FileRead.Of($$"""{"SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IsEgress": true, {{fields}}}]}""");

        Assert.Equal(["SPD2050"], read.Codes);
        var group = Assert.Single(read.Estate.SecurityGroups);
        Assert.Empty(group.Rules);
        Assert.Contains(problem, Assert.Single(group.Malformed).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_bits_are_zeroed_with_a_warning_at_their_place()
    {
        var read = FileRead.Of("""{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "100.68.0.18/18"}], "Ipv6Ranges": [{"CidrIpv6": "2001:db8::1/32"}]}], "IpPermissionsEgress": []}]}""");

        Assert.Equal(["SPD2051", "SPD2051"], read.Codes);
        Assert.Contains("100.68.0.0/18", read.Said[0].Message, StringComparison.Ordinal);
        Assert.Equal(["100.68.0.0/18", "2001:db8::/32"], read.Estate.SecurityGroups[0].Rules.Select(r => r.Peer.ToString()));
    }

    [Fact]
    public void Warnings_that_repeat_are_counted_not_listed()
    {
        var ranges = string.Join(",", Enumerable.Range(0, 250).Select(i => $$"""{"CidrIp": "10.0.{{i}}.1/24"}"""));
        var read = FileRead.Of($$"""{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{{ranges}}]}], "IpPermissionsEgress": []}]}""");

        Assert.Equal(101, read.Said.Count);
        Assert.Contains("150 more", read.Said[^1].Message, StringComparison.Ordinal);
        Assert.Equal(250, read.Estate.RuleCount);
    }

    [Fact]
    public void Tcp_without_ports_is_every_port_with_a_warning()
    {
        var read = FileRead.Of("""{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}], "IpPermissionsEgress": []}]}""");

        Assert.Equal(["SPD2052"], read.Codes);
        Assert.True(Assert.Single(read.Estate.SecurityGroups[0].Rules).Service.IsAllPorts);
    }

    [Theory]
    [InlineData("\"GroupId\": \"sg-1\"", "\"GroupId\": 1")]
    [InlineData("\"FromPort\": 22", "\"FromPort\": \"22\"")]
    [InlineData("\"FromPort\": 22", "\"FromPort\": 22.5")]
    [InlineData("\"IpRanges\": [{\"CidrIp\": \"10.0.0.0/8\"}]", "\"IpRanges\": \"10.0.0.0/8\"")]
    [InlineData("{\"CidrIp\": \"10.0.0.0/8\"}", "\"10.0.0.0/8\"")]
    [InlineData("\"CidrIp\": \"10.0.0.0/8\"", "\"CidrIp\": [\"10.0.0.0/8\"]")]
    [InlineData("\"IpPermissionsEgress\": []", "\"IpPermissionsEgress\": {}")]
    [InlineData("\"GroupName\": \"größe\"", "\"GroupName\": {\"a\": [1]}")]
    public void A_wrong_type_is_an_error_with_its_place_and_nothing_is_kept(string good, string bad)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var read = FileRead.Of("\n\n" + Good.Replace(good, bad, StringComparison.Ordinal));

        var error = read.Said.First(d => d.Severity == Severity.Error);
        Assert.Equal("SPD2010", error.Code);
        Assert.Equal(3, error.At!.Line);
        Assert.True(error.At.Column > 1);
        Assert.True(read.HasNoGroups);
    }

    [Fact]
    public void Every_truncation_is_an_error_and_nothing_is_kept()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var length = 1; length < bytes.Length; length++)
        {
            var read = FileRead.Of(bytes[..length]);
            Assert.Contains(read.Said, d => d.Severity == Severity.Error && d.Code is "SPD2006" or "SPD2005" or "SPD2004");
            Assert.True(read.HasNoGroups, $"cut at {length}");
        }
    }

    [Fact]
    public void A_cut_off_file_says_so_at_its_end()
    {
        var said = Assert.Single(FileRead.Of("{\"SecurityGroups\": [\n  {\"GroupId\": \"sg-é").Said);

        Assert.Equal("SPD2006", said.Code);
        Assert.Equal("estate.json:2:20", said.At!.ToString());
    }

    [Fact]
    public void Bad_syntax_is_placed()
    {
        var said = Assert.Single(FileRead.Of("{\"SecurityGroups\":\n [}").Said);

        Assert.Equal("SPD2005", said.Code);
        Assert.Equal("estate.json:2:3", said.At!.ToString());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Deep_nesting_is_refused(int depth)
    {
        foreach (var text in new[]
        {
            new string('[', depth) + new string(']', depth),
            string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth),
            "{\"SecurityGroups\": [{\"GroupId\": \"sg-1\", \"Unknown\": " + new string('[', depth) + new string(']', depth) + "}]}",
            "{\"Vpcs\": [{\"VpcId\": \"vpc-1\", \"Unknown\": " + new string('[', depth) + new string(']', depth) + "}]}",
        })
        {
            var read = FileRead.Of(text);
            Assert.Equal(["SPD2007"], read.Codes);
            Assert.True(read.HasNoGroups);
        }
    }

    [Fact]
    public void Unknown_fields_are_passed_over_quietly()
    {
        var noisy = Good.Replace("\"GroupId\"", "\"New\": {\"Deep\": [1, {\"x\": null}]}, \"GroupId\"", StringComparison.Ordinal)
            .Replace("\"CidrIp\"", "\"Later\": [[]], \"CidrIp\"", StringComparison.Ordinal);

        Assert.Equal(1, FileRead.Quietly(noisy).RuleCount);
    }

    [Fact]
    public void Null_is_the_same_as_absent()
    {
        var read = FileRead.Of("""{"SecurityGroups": [{"GroupId": "sg-1", "GroupName": null, "Tags": null, "VpcId": null, "IpPermissions": [{"IpProtocol": "-1", "FromPort": null, "UserIdGroupPairs": null, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": null}]}], "IpPermissionsEgress": []}, null]}""");

        Assert.Empty(read.Said);
        Assert.Equal(string.Empty, Assert.Single(Assert.Single(read.Estate.SecurityGroups).Rules).Description);
    }

    [Fact]
    public void Byte_order_marks_and_utf16_are_read_over()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var read = FileRead.Of([.. encoding.GetPreamble(), .. encoding.GetBytes(Good)]);
            Assert.Empty(read.Said);
            Assert.Equal("größe", Assert.Single(read.Estate.SecurityGroups).Name);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void An_empty_file_is_an_error(string text) => Assert.Equal(["SPD2003"], FileRead.Of(text).Codes);

    [Theory]
    [InlineData("An error occurred (UnauthorizedOperation)")]
    [InlineData("---\nSecurityGroups: []\n")]
    [InlineData("SECURITYGROUPS\tweb\tsg-1")]
    [InlineData("<xml/>")]
    [InlineData("\0\0\0")]
    public void Other_text_is_unrecognised(string text) => Assert.Equal(["SPD2004"], FileRead.Of(text).Codes);

    [Fact]
    public void Other_answers_in_a_folder_are_ignored_with_a_note_and_alone_are_an_error()
    {
        Assert.Equal(["SPD2080"], FileRead.Of("""{"KeyPairs": [{"KeyPairId": "key-1"}]}""", inFolder: true).Codes);
        Assert.Equal(["SPD2004"], FileRead.Of("""{"KeyPairs": [{"KeyPairId": "key-1"}]}""").Codes);
        Assert.Equal(["SPD2081"], FileRead.Of("# how these were made", "README.md", inFolder: true).Codes);
        Assert.Equal(["SPD2004"], FileRead.Of("# not json", "groups.json", inFolder: true).Codes);
        Assert.Equal(["SPD2003"], FileRead.Of("", "groups.json", inFolder: true).Codes);
    }

    [Theory]
    [InlineData("\"gr\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    public void A_lone_surrogate_is_an_error_at_its_place(string name)
    {
        Assert.Equal(["SPD2009"], FileRead.Of(Good.Replace("\"größe\"", name, StringComparison.Ordinal)).Codes);
        Assert.Equal(["SPD2009"], FileRead.Of($$"""{"Vpcs": [{"VpcId": {{name}}, "CidrBlock": "10.0.0.0/16"}]}""").Codes);
    }

    [Fact]
    public void Broken_utf8_is_an_error()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        var at = bytes.AsSpan().IndexOf((byte)0xC3);
        bytes[at + 1] = (byte)'x';

        Assert.Equal(["SPD2009"], FileRead.Of(bytes).Codes);
    }

    [Fact]
    public void Escaped_texts_are_what_they_mean()
    {
        var group = Assert.Single(FileRead.Quietly(Good.Replace("größe", "gr\\u00f6\\u00dfe \\\"q\\\"", StringComparison.Ordinal)).SecurityGroups);

        Assert.Equal("größe \"q\"", group.Name);
    }

    [Fact]
    public void A_stream_that_trickles_gives_the_same_estate()
    {
        var text = $"[{string.Join(",", Enumerable.Range(0, 3000).Select(i => Good.Replace("sg-1", $"sg-{i:x8}", StringComparison.Ordinal)))}]";
        using var stream = new TricklingStream(Encoding.UTF8.GetBytes(text), 1021);
        var read = FileRead.Of(stream);

        Assert.Empty(read.Said);
        Assert.Equal(3000, read.Estate.SecurityGroups.Length);
        Assert.Equal(3000, read.Estate.RuleCount);
    }

    [Fact]
    public void A_single_value_beyond_the_limit_is_refused()
    {
        var text = $"{{\"SecurityGroups\": [{{\"GroupId\": \"{new string('x', JsonInput.MaxValueBytes + 1_000_000)}\"}}]}}";

        Assert.Equal(["SPD2008"], FileRead.Of(text).Codes);
    }

    private sealed class TricklingStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));
    }
}
