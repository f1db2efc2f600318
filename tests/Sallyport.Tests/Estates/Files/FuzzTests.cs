using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Tests.Estates.Snapshots;

namespace Sallyport.Tests.Estates.Files;

/// <summary>Bounded: damaged files are read or refused, never a crash or a hang; SALLYPORT_FUZZ sets the number of rounds for a long run.</summary>
public class FuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SALLYPORT_FUZZ"), out var rounds) ? rounds : 3000;

    private static readonly byte[][] Seeds =
    [
        SnapshotTests.Write(SnapshotTests.Full()),
        .. new[]
        {
            """{"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "gr\u00f6ße", "OwnerId": "111122223333", "Tags": [{"Key": "a", "Value": "b"}], "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "d"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "1"}], "PrefixListIds": [{"PrefixListId": "pl-1"}]}], "IpPermissionsEgress": []}], "NextToken": "x"}""",
            """[{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IsEgress": true, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "ReferencedGroupInfo": {"GroupId": "sg-2"}, "Tags": []}]""",
            """{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]}], "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Entries": [{"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "6", "PortRange": {"From": 1, "To": 2}, "RuleAction": "deny", "RuleNumber": 1}]}]}""",
            """{"Reservations": [{"OwnerId": "1", "ReservationId": "r", "Instances": [{"InstanceId": "i-1", "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "Groups": [{"GroupId": "sg-1"}], "PrivateIpAddress": "10.0.0.1"}]}]}]}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var bytes = Damage(Seeds[random.Next(Seeds.Length)], random);
            try
            {
                var read = FileRead.Of(bytes, "pl-00000001-tgw-rtb-00000001.json", inFolder: random.Next(2) == 0);
                if (read.Said.Any(d => d.Severity == Severity.Error)) Assert.True(read.HasNoGroups);
                Assert.All(read.Said, d => Assert.StartsWith("SPD2", d.Code, StringComparison.Ordinal));
                SnapshotTests.Write(read.Estate);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Round {round}: {e}\n{Encoding.Latin1.GetString(bytes)}");
            }
        }
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        var changes = random.Next(1, 6);
        for (var i = 0; i < changes && bytes.Count > 0; i++)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                case 4:
                    bytes[at] = (byte)"{}[]\",:\\0-n"[random.Next(11)];
                    break;
                case 5:
                    bytes.InsertRange(at, Encoding.ASCII.GetBytes(new[] { "\\ud800", "null", "1e999", "[[[[", "{\"a\":", "\"\"", "-1", "99999999999999999999" }[random.Next(8)]));
                    break;
                default:
                    Swap(bytes, random);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Swap(List<byte> bytes, Random random)
    {
        var a = random.Next(bytes.Count);
        var b = random.Next(bytes.Count);
        (bytes[a], bytes[b]) = (bytes[b], bytes[a]);
    }
}
