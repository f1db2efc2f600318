using System.Text;
using Sallyport.Tests.Estates.Files;
using Sallyport.Tests.Estates.Snapshots;

namespace Sallyport.Tests.Estates.AwsCli;

/// <summary>The hot path against the general one: whatever the text, both say the same and read the same.</summary>
public class PermissionScannerTests
{
    private static readonly string[] Permissions =
    [
        """{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [], "IpRanges": [{"Description": "a", "CidrIp": "10.0.0.0/8"}, {"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "PrefixListIds": []}""",
        """{"FromPort": 22,"IpProtocol": "tcp","IpRanges": [],"Ipv6Ranges": [],"PrefixListIds": [{"PrefixListId":"pl-1","Description":"x"}],"ToPort": 22,"UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "111122223333"}]}""",
        """{ "IpProtocol" : "-1" , "IpRanges" : [ { "CidrIp" : "10.1.0.0/16" } ] }""",
        """{"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "UserIdGroupPairs": [{"Description": "d", "GroupId": "sg-3"}]}""",
        """{"IpProtocol": "udp", "FromPort": 0, "ToPort": 65535, "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32", "Description": "six"}]}""",
        """{"IpProtocol": "47", "IpRanges": [{"CidrIp": "10.2.0.0/16"}]}""",
        """{"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "10.3.0.0/16"}]}""",
        """{"IpProtocol": "tcp", "FromPort": 5, "ToPort": 4, "IpRanges": [{"CidrIp": "10.3.0.0/16"}]}""",
        """{"IpProtocol": "tcp", "FromPort": 5, "ToPort": 70000, "IpRanges": [{"CidrIp": "10.3.0.0/16"}]}""",
        """{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.3.0.1/16"}, {"CidrIp": "::/0"}, {"CidrIp": "x"}]}""",
        """{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-4", "VpcId": "vpc-1", "PeeringStatus": "active"}, {"UserId": "1"}]}""",
        """{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.4.0.0/16", "Description": "gr\u00f6\"ße"}]}""",
        """{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.4.0.0/16", "Description": null}], "New": [{"a": {}}]}""",
        """{"IpProtocol": "-1", "IpRanges": []}""", "{}", "null", """{"IpProtocol": "tcp", "FromPort": 007, "ToPort": 7, "IpRanges": [{"CidrIp": "10.5.0.0/16"}]}""",
        """{"IpProtocol": "tcp", "FromPort": 7.0, "ToPort": 7, "IpRanges": [{"CidrIp": "10.5.0.0/16"}]}""", """{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.6.0.0/16"}],}""",
    ];

    [Fact]
    public void Both_paths_read_good_and_bad_permissions_alike()
    {
        for (var round = 0; round < 2000; round++)
        {
            var random = new Random(round);
            var good = random.Next(3) > 0;
            var some = Enumerable.Range(0, random.Next(12)).Select(_ => Permissions[random.Next(good ? 5 : Permissions.Length)]);
            var list = string.Join(random.Next(2) == 0 ? ",\n        " : ",", some);
            var text = $"{{\"SecurityGroups\": [\n  {{\"GroupId\": \"sg-1\", \"IpPermissions\": [{list}], \"IpPermissionsEgress\": [\n{list}\r\n  ]}},\n {{\"GroupId\": \"sg-9\", \"IpPermissions\": [], \"IpPermissionsEgress\": []}}]}}";
            AssertAlike(Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void Both_paths_meet_damage_alike()
    {
        for (var round = 0; round < 4000; round++)
        {
            var random = new Random(round);
            var text = $"{{\"SecurityGroups\": [{{\"GroupId\": \"sg-1\", \"IpPermissions\": [{string.Join(",\n", Permissions[..5])}], \"IpPermissionsEgress\": []}}]}}";
            var bytes = Encoding.UTF8.GetBytes(text);
            var at = random.Next(bytes.Length);
            if (random.Next(4) == 0) bytes = bytes[..at];
            else bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:\\0- \n"[random.Next(12)];
            AssertAlike(bytes);
        }
    }

    [Fact]
    public void Lists_longer_than_the_buffer_are_read_whole()
    {
        var list = string.Join(",\n            ", Enumerable.Range(0, 20_000).Select(i => Permissions[0].Replace("443", $"{i}", StringComparison.Ordinal)));
        var text = $"{{\"SecurityGroups\": [{{\"GroupId\": \"sg-1\", \"IpPermissions\": [{list}], \"IpPermissionsEgress\": [{list}]}}]}}";
        var read = FileRead.Of(text);

        Assert.Empty(read.Said);
        Assert.Equal(120_000, read.Estate.RuleCount);
        AssertAlike(Encoding.UTF8.GetBytes(text));
    }

    private static void AssertAlike(byte[] bytes)
    {
        var fast = FileRead.Of(new MemoryStream(bytes));
        var slow = FileRead.Of(new MemoryStream(bytes), useScanner: false);
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4000)]);
        Assert.True(slow.Said.Select(Describe).SequenceEqual(fast.Said.Select(Describe)), $"{string.Join("\n", slow.Said)}\n--\n{string.Join("\n", fast.Said)}\n{text}");
        Assert.Equal(SnapshotTests.Write(slow.Estate), SnapshotTests.Write(fast.Estate));
        Assert.Equal(Lines(slow), Lines(fast));

        static string Describe(Sallyport.Diagnostics.Diagnostic d) => $"{d.Code} {d.Message} {d.At?.File} {d.At?.Line}";
    }

    private static IEnumerable<int> Lines(FileRead read) =>
        read.Estate.SecurityGroups.SelectMany(g => g.Rules.Select(r => r.Line).Concat(g.Malformed.Select(m => m.At!.Line)).Append(g.At!.Line));
}
