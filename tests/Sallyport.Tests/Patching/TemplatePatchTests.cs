using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Drift;
using Sallyport.Estates;

namespace Sallyport.Tests.Patching;

public sealed class TemplatePatchTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const string Yaml = """
        AWSTemplateFormatVersion: '2010-09-09'
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web  # the front
              GroupName: web
              SecurityGroupIngress:
                - IpProtocol: tcp
                  FromPort: 443
                  ToPort: 443
                  CidrIp: 10.0.0.0/8
                # the office
                - IpProtocol: tcp
                  FromPort: 22
                  ToPort: 22
                  CidrIp: 192.0.2.0/24
              SecurityGroupEgress:
                - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}

          Db:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: db
              GroupName: db

          DbFromWeb:
            Type: AWS::EC2::SecurityGroupIngress
            Properties:
              GroupId: !GetAtt Db.GroupId
              IpProtocol: tcp
              FromPort: 5432
              ToPort: 5432
              SourceSecurityGroupId: !GetAtt Web.GroupId
        Outputs:
          Web:
            Value: !GetAtt Web.GroupId
        """;

    private static readonly string[] Services = ["tcp/22", "tcp/8000-8080", "udp/53", "icmp/8/-1", "any"];

    [Fact]
    public void A_list_gets_an_item_and_loses_one() => Assert.Equal(
        """
        diff --git a/net.yaml b/net.yaml
        --- a/net.yaml
        +++ b/net.yaml
        @@ -10,11 +10,12 @@
                   FromPort: 443
                   ToPort: 443
                   CidrIp: 10.0.0.0/8
        +        - IpProtocol: "tcp"
        +          FromPort: 8443
        +          ToPort: 8443
        +          CidrIp: "10.0.0.0/8"
        +          Description: "say \"hi\""
                 # the office
        -        - IpProtocol: tcp
        -          FromPort: 22
        -          ToPort: 22
        -          CidrIp: 192.0.2.0/24
               SecurityGroupEgress:
                 - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
         

        """.ReplaceLineEndings("\n"),
        DiffOf("""
            sg-0000000a web
            ingress tcp/443 10.0.0.0/8
            ingress tcp/8443 10.0.0.0/8 say "hi"
            egress tcp/443 0.0.0.0/0
            sg-0000000b db
            ingress tcp/5432 sg-0000000a
            egress any 0.0.0.0/0
            """));

    [Fact]
    public void A_rule_that_names_a_group_stands_apart_and_a_resource_goes_whole()
    {
        var bench = new CodeBench("net.yaml", Yaml);
        var patch = bench.Patch(CodeDriftDetector.Detect(bench.Estate, LiveEstate.Of("""
            sg-0000000a web
            ingress tcp/443 10.0.0.0/8
            ingress tcp/22 192.0.2.0/24
            egress tcp/443 0.0.0.0/0
            egress tcp/5432 sg-0000000b
            sg-0000000b db
            egress any 0.0.0.0/0
            """)));
        Assert.Empty(patch.Questions);
        var after = bench.After(patch).Text;
        Assert.DoesNotContain("DbFromWeb", after, StringComparison.Ordinal);
        Assert.Contains("""
              GroupName: db

          WebEgressTcp5432Db:
            Type: AWS::EC2::SecurityGroupEgress
            Properties:
              GroupId: !GetAtt Web.GroupId
              IpProtocol: "tcp"
              FromPort: 5432
              ToPort: 5432
              DestinationSecurityGroupId: !GetAtt Db.GroupId
        Outputs:
        """.ReplaceLineEndings("\n"), after, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_without_egress_says_so()
    {
        var bench = new CodeBench("net.yaml", Yaml);
        var patch = bench.Patch(CodeDriftDetector.Detect(bench.Estate, LiveEstate.Of("""
            sg-0000000a web
            ingress tcp/443 10.0.0.0/8
            ingress tcp/22 192.0.2.0/24
            sg-0000000b db
            ingress tcp/5432 sg-0000000a
            """)));
        Assert.Empty(patch.Questions);
        var after = bench.After(patch);
        Assert.All(after.Estate.SecurityGroups, g => Assert.Equal("egress any to 127.0.0.1/32", Assert.Single(g.RulesOf(Direction.Egress)).Key.ToString()));
        Assert.Contains("- {IpProtocol: \"-1\", CidrIp: \"127.0.0.1/32\"}", after.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_patched_template_says_what_is_there(bool isJson) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var bench = new CodeBench("net.yaml", Template(random, isJson));
        var live = LiveEstate.Of(Live(random));
        var drift = CodeDriftDetector.Detect(bench.Estate, live);
        Assert.Empty(drift.Report.Doubts);
        var patch = bench.Patch(drift);
        var after = bench.After(patch);
        if (isJson) JsonDocument.Parse(after.Text).Dispose();

        // A template has no other way to say that a group has no egress.
        var left = CodeDriftDetector.Detect(after.Estate, live).Report.Entries.Where(e => e.Rule.ToString() != "egress any to 127.0.0.1/32").ToList();

        // A written egress rule takes the default one away, so a question about it may have settled itself.
        Assert.True(left.Count <= patch.Questions.Length, string.Join('\n', left));
        if (!isJson) Assert.All(left, e => Assert.Contains(patch.Questions, q => q.Change.Rule.Service == e.Rule.Service && q.Change.Rule.Direction == e.Rule.Direction));
    }).QuickCheckThrowOnFailure();

    private static string DiffOf(string live)
    {
        var bench = new CodeBench("net.yaml", Yaml);
        return bench.Diff(bench.Patch(CodeDriftDetector.Detect(bench.Estate, LiveEstate.Of(live))));
    }

    private static List<(string Direction, string Service, string Peer)> Rules(Random random) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => (random.Next(2) == 0 ? "ingress" : "egress", Services[random.Next(Services.Length)], random.Next(4) is var peer && peer < 2 ? $"sg-0000000{peer}" : $"10.{peer}.0.0/16")).Distinct()];

    private static string Live(Random random) => string.Concat(Enumerable.Range(0, 2).Select(g => $"sg-0000000{g} g{g}\n" + string.Concat(Rules(random).Select(r => $"{r.Direction} {r.Service} {r.Peer} a: \"b\"\n"))));

    private static string Template(Random random, bool isJson)
    {
        var resources = new Dictionary<string, object>();
        for (var g = 0; g < 2; g++)
        {
            var rules = Rules(random);
            var properties = new Dictionary<string, object> { ["GroupDescription"] = "x", ["GroupName"] = $"g{g}" };
            foreach (var direction in (string[])["ingress", "egress"])
            {
                var inline = rules.Where(r => r.Direction == direction && r.Peer[0] == '1').Select(r => Fields(r, new())).ToList();
                if (inline.Count > 0) properties[direction == "ingress" ? "SecurityGroupIngress" : "SecurityGroupEgress"] = inline;
            }

            resources[$"G{g}"] = new Dictionary<string, object> { ["Type"] = "AWS::EC2::SecurityGroup", ["Properties"] = properties };
            foreach (var rule in rules.Where(r => r.Peer[0] == 's'))
            {
                resources[$"R{resources.Count}"] = new Dictionary<string, object>
                {
                    ["Type"] = rule.Direction == "ingress" ? "AWS::EC2::SecurityGroupIngress" : "AWS::EC2::SecurityGroupEgress",
                    ["Properties"] = Fields(rule, new() { ["GroupId"] = Att(g) }),
                };
            }
        }

        if (isJson) return JsonSerializer.Serialize(new { Resources = resources }, random.Next(2) == 0 ? Indented : JsonSerializerOptions.Default);
        var text = new StringBuilder("Resources:\n");
        Write(text, resources, 2);
        return text.ToString();
    }

    private static Dictionary<string, object> Att(int group) => new() { ["Fn::GetAtt"] = new List<string> { $"G{group}", "GroupId" } };

    private static Dictionary<string, object> Fields((string Direction, string Service, string Peer) rule, Dictionary<string, object> into)
    {
        var service = Sallyport.Packets.Service.Parse(rule.Service);
        into["IpProtocol"] = service.Protocol.WireName;
        if (service.From >= 0)
        {
            into["FromPort"] = service.From;
            into["ToPort"] = service.To;
        }

        if (rule.Peer[0] == '1') into["CidrIp"] = rule.Peer;
        else into[rule.Direction == "ingress" ? "SourceSecurityGroupId" : "DestinationSecurityGroupId"] = Att(rule.Peer[^1] - '0');
        return into;
    }

    private static void Write(StringBuilder text, Dictionary<string, object> map, int indentation, bool isItem = false)
    {
        foreach (var (key, value) in map)
        {
            text.Append(isItem ? string.Empty : new string(' ', indentation)).Append(key).Append(':');
            isItem = false;
            switch (value)
            {
                case Dictionary<string, object> inner when key != "GroupId" && !key.EndsWith("SecurityGroupId", StringComparison.Ordinal):
                    text.Append('\n');
                    Write(text, inner, indentation + 2);
                    break;
                case List<Dictionary<string, object>> items:
                    text.Append('\n');
                    foreach (var item in items)
                    {
                        text.Append(new string(' ', indentation)).Append("- ");
                        Write(text, item, indentation + 2, isItem: true);
                    }

                    break;
                default:
                    text.Append(' ').Append(JsonSerializer.Serialize(value)).Append('\n');
                    break;
            }
        }
    }
}
