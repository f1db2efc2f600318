using System.Text.Json;

namespace Sallyport.Benchmarks.Reading;

/// <summary>Writes what <c>aws ec2 describe-security-groups</c> prints for a large account: indented by four, one permission for nearly every rule, 50 rules a group.</summary>
internal static class DescribeSecurityGroupsFile
{
    private const int RulesPerGroup = 50;

    public static void Write(string path, int rules, int seed)
    {
        var random = new Random(seed);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 4, SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartArray("SecurityGroups");
        for (var group = 0; group * RulesPerGroup < rules; group++)
        {
            WriteGroup(json, random, group, Math.Min(RulesPerGroup, rules - (group * RulesPerGroup)));
            if (json.BytesPending > 1 << 20) json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, Random random, int group, int rules)
    {
        json.WriteStartObject();
        json.WriteString("GroupId", Id(group));
        json.WriteStartArray("IpPermissionsEgress");
        for (var i = 0; i < rules / 3; i++) WritePermission(json, random, group, i);
        json.WriteEndArray();
        json.WriteStartArray("Tags");
        json.WriteStartObject();
        json.WriteString("Key", "Name");
        json.WriteString("Value", $"service-{group}");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("VpcId", $"vpc-{group / 200:x17}");
        json.WriteString("SecurityGroupArn", $"arn:aws:ec2:eu-west-1:111122223333:security-group/{Id(group)}");
        json.WriteString("OwnerId", "111122223333");
        json.WriteString("GroupName", $"service-{group}");
        json.WriteString("Description", $"Security group of service {group}");
        json.WriteStartArray("IpPermissions");
        for (var i = rules / 3; i < rules; i++) WritePermission(json, random, group, i);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePermission(Utf8JsonWriter json, Random random, int group, int rule)
    {
        var isGroup = random.Next(3) == 0;
        json.WriteStartObject();
        json.WriteString("IpProtocol", random.Next(10) == 0 ? "udp" : "tcp");
        json.WriteNumber("FromPort", 1024 + rule);
        json.WriteNumber("ToPort", 1024 + rule);
        json.WriteStartArray("UserIdGroupPairs");
        if (isGroup)
        {
            json.WriteStartObject();
            json.WriteString("Description", $"from service {group} to its neighbour on port {1024 + rule}");
            json.WriteString("UserId", "111122223333");
            json.WriteString("GroupId", Id(random.Next(group + 1)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("IpRanges");
        if (!isGroup)
        {
            json.WriteStartObject();
            json.WriteString("Description", $"ticket NET-{random.Next(100_000)}: partner network");
            json.WriteString("CidrIp", $"10.{random.Next(256)}.{random.Next(256)}.0/24");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("Ipv6Ranges");
        json.WriteEndArray();
        json.WriteStartArray("PrefixListIds");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Id(int group) => $"sg-{group + 0x1000_0000:x17}";
}
