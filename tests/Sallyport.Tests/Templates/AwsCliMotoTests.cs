using System.Text.Json;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Templates;

/// <summary>The script and the templates against moto_server with the real AWS CLI, where both exist.</summary>
public sealed class AwsCliMotoTests
{
    [Fact]
    public Task Run_twice_the_script_leaves_exactly_the_declared_rules() => Moto.UseAsync(CheckAsync);

    [Theory]
    [InlineData("cloudformation")]
    [InlineData("cloudformation-json")]
    public Task A_stack_of_the_template_has_the_declared_ingress_rules(string language) => Moto.UseAsync(environment => CheckStackAsync(language, environment));

    private static async Task CheckAsync((string, string)[] environment)
    {
        var vpc = (await AwsAsync("create-vpc", "--cidr-block", "10.1.0.0/16")).GetProperty("Vpc").GetProperty("VpcId").GetString()!;
        var web = (await AwsAsync("create-security-group", "--group-name", "web", "--description", "d", "--vpc-id", vpc)).GetProperty("GroupId").GetString()!;
        var db = (await AwsAsync("create-security-group", "--group-name", "db", "--description", "d", "--vpc-id", vpc)).GetProperty("GroupId").GetString()!;
        var file = ConnectionsReader.Read($$"""
            version: 1
            groups: {web: {sg: "{{web}}"}, db: {sg: "{{db}}"} }
            externals: {office: {cidrs: [198.51.100.0/24, "2001:db8::/32"]} }
            connections:
              web-to-db: {from: web, to: db, services: [tcp/3306], reason: "it's reading"}
              again: {from: web, to: db, services: [tcp/3306, udp/53], reason: "shares a tuple"}
              office-to-web: {from: office, to: web, services: [icmp/8/-1, any], reason: x}
              replicas: {from: db, to: db, services: [tcp/3306], reason: x}
            """, "c.yaml");
        Assert.Empty(file.Diagnostics.Where(d => d.Severity == Severity.Error));

        // What a source would say: both groups are fresh, with EC2's open egress rule, whose id is known on one of them only.
        var before = (await AwsAsync("describe-security-group-rules")).GetProperty("SecurityGroupRules").EnumerateArray().ToList();
        var builder = new EstateBuilder();
        foreach (var id in new[] { web, db })
        {
            var rule = before.First(r => r.GetProperty("GroupId").GetString() == id && r.GetProperty("IsEgress").GetBoolean());
            builder.Add(new SecurityGroup(new(id), new(string.Empty, "us-east-1"))
            {
                Vpc = new VpcId(vpc),
                Rules = [new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4)) { Id = id == web ? new(rule.GetProperty("SecurityGroupRuleId").GetString()!) : null }],
            });
        }

        var estate = builder.Build();
        var rules = Compiler.Compile(file.Value!, estate).Value!;
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, AwsCliScriptTests.Script(rules, estate));
            foreach (var _ in Enumerable.Range(0, 2))
            {
                var (exit, text) = await ChildProcess.RunAsync("sh", [script], environment);
                Assert.True(exit == 0, text);
            }
        }
        finally
        {
            File.Delete(script);
        }

        var after = (await AwsAsync("describe-security-group-rules")).GetProperty("SecurityGroupRules").EnumerateArray()
            .Where(r => r.GetProperty("GroupId").GetString() == web || r.GetProperty("GroupId").GetString() == db).Select(Text).Order(StringComparer.Ordinal);
        // moto 5 forgets the description of a group pair.
        Assert.Equal(rules.Rules.Select(r => $"{r.Group} {r.Key} {(r.Key.Peer is GroupPeer ? string.Empty : r.Description)} {OwnershipTag.Of(r.Origins).Value}").Order(StringComparer.Ordinal), after);

        async Task<JsonElement> AwsAsync(params string[] arguments)
        {
            var (exit, text) = await ChildProcess.RunAsync("aws", ["ec2", .. arguments, "--output", "json"], environment);
            Assert.True(exit == 0, text);
            return JsonDocument.Parse(text).RootElement;
        }
    }

    // moto 5 has stacks of ingress rules from IPv4 blocks and groups; egress rules, IPv6 and lists it passes over.
    private static async Task CheckStackAsync(string language, (string, string)[] environment)
    {
        var vpc = (await AwsAsync("ec2", "create-vpc", "--cidr-block", "10.1.0.0/16")).GetProperty("Vpc").GetProperty("VpcId").GetString()!;
        var web = (await AwsAsync("ec2", "create-security-group", "--group-name", "web", "--description", "d", "--vpc-id", vpc)).GetProperty("GroupId").GetString()!;
        var db = (await AwsAsync("ec2", "create-security-group", "--group-name", "db", "--description", "d", "--vpc-id", vpc)).GetProperty("GroupId").GetString()!;
        var file = ConnectionsReader.Read($$$"""
            version: 1
            groups: {web: {select: {name: web}}, db: {sg: "{{{db}}}"} }
            externals: {office: {cidrs: [198.51.100.0/24]} }
            connections:
              web-to-db: {from: web, to: db, services: [tcp/3306, udp/53, any], reason: "it's reading ${AWS::Region}: yes #no"}
              office-to-web: {from: office, to: web, services: [icmp/8/-1, tcp/8000-8010], reason: "no"}
            """, "c.yaml");
        var rules = Compiler.Compile(file.Value!, null).Value!;
        var template = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(template, WrittenCode.Of(language, rules));
            _ = await AwsAsync("cloudformation", "create-stack", "--stack-name", "connections", "--template-body", $"file://{template}", "--parameters", $"ParameterKey=WebSecurityGroupId,ParameterValue={web}");
        }
        finally
        {
            File.Delete(template);
        }

        var standing = (await AwsAsync("ec2", "describe-security-group-rules")).GetProperty("SecurityGroupRules").EnumerateArray()
            .Where(r => !r.GetProperty("IsEgress").GetBoolean()).Select(r => (Group: r.GetProperty("GroupId").GetString()!, Rule: r)).Where(r => r.Group == web || r.Group == db)
            .Select(r => $"{r.Group} {Key(r.Rule)} {(r.Rule.TryGetProperty("Description", out var said) ? said.GetString() : string.Empty)}");
        Assert.Equal(
            rules.Rules.Where(r => r.Key.Direction == Direction.Ingress)
                .Select(r => $"{(r.Group.Value == "web" ? web : db)} {(r.Key.Peer is GroupPeer ? r.Key with { Peer = new GroupPeer(new(web)) } : r.Key)} {(r.Key.Peer is GroupPeer ? string.Empty : r.Description)}").Order(StringComparer.Ordinal),
            standing.Order(StringComparer.Ordinal));

        async Task<JsonElement> AwsAsync(params string[] arguments)
        {
            var (exit, text) = await ChildProcess.RunAsync("aws", [.. arguments, "--output", "json"], environment);
            Assert.True(exit == 0, text);
            return JsonDocument.Parse(text).RootElement;
        }
    }

    private static string Text(JsonElement rule)
    {
        var tag = rule.GetProperty("Tags").EnumerateArray().Single(t => t.GetProperty("Key").GetString() == OwnershipTag.Key).GetProperty("Value").GetString();
        var key = Key(rule);
        return $"{rule.GetProperty("GroupId").GetString()} {key} {(key.Peer is GroupPeer ? string.Empty : rule.GetProperty("Description").GetString())} {tag}";
    }

    private static RuleKey Key(JsonElement rule)
    {
        var protocol = rule.GetProperty("IpProtocol").GetString()!;
        _ = Protocol.TryParse(protocol, out var parsed);
        _ = Service.TryCreate(parsed, Number("FromPort"), Number("ToPort"), out var service, out _);
        Peer peer = rule.TryGetProperty("CidrIpv4", out var v4) ? new CidrPeer(Cidr.Parse(v4.GetString()!))
            : rule.TryGetProperty("CidrIpv6", out var v6) ? new CidrPeer(Cidr.Parse(v6.GetString()!))
            : new GroupPeer(new(rule.GetProperty("ReferencedGroupInfo").GetProperty("GroupId").GetString()!));
        return new RuleKey(rule.GetProperty("IsEgress").GetBoolean() ? Direction.Egress : Direction.Ingress, service, peer);

        int? Number(string name) => rule.TryGetProperty(name, out var value) ? value.GetInt32() : null;
    }
}
