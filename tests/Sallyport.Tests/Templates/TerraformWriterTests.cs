using System.Collections.Immutable;
using System.Text;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Packets;
using Sallyport.Templates;
using Sallyport.Templates.Terraform;
using Sallyport.Terraform;
using Sallyport.Tests.Reports;

namespace Sallyport.Tests.Templates;

/// <summary>Written Terraform: what stands in it, and what readers and formatters that are not ours make of it.</summary>
public sealed class TerraformWriterTests
{
    internal const string Shop = """
        version: 1
        groups: {alb: {select: {name: alb}}, web: {select: {name: web}}, my.db: {sg: sg-0123456789abcdef0}}
        externals: {office: {cidrs: [198.51.100.0/24, "2001:db8::/32"]}, s3: {prefixList: com.amazonaws.eu-west-1.s3}}
        connections:
          office-to-alb: {from: office, to: alb, services: [tcp/443], reason: "the ${shop} $${x} C:\\"}
          alb-to-web: {from: alb, to: web, services: [tcp/8080-8088], reason: pages}
          web-to-db: {from: web, to: my.db, services: [tcp/3306, icmp/8/-1, any, proto/47], reason: orders}
          web-to-s3: {from: web, to: s3, services: [tcp/443], reason: images}
        """;

    private static readonly Scope Home = new("111122223333", "eu-west-1");

    public static TheoryData<string> Languages => ["terraform", "terraform-module"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Formatters_leave_it_and_another_reader_sees_the_same(string language)
    {
        var rules = Compiler.Compile(ConnectionsReader.Read(Shop, "c.yaml").Value!, null).Value!;
        var hostile = Hostile();
        foreach (var code in new[] { WrittenCode.Of(language, rules), WrittenCode.Of(language, hostile), WrittenCode.Of(language, rules with { Rules = [] }) })
        {
            if (TerraformTools.HasTerraform) Assert.Equal(string.Empty, await TerraformTools.FmtDifferenceAsync(code));
        }

        NodeConsumer.Require();
        foreach (var (code, declared) in new[] { (WrittenCode.Of(language, rules), rules), (WrittenCode.Of(language, hostile), hostile) })
        {
            Assert.Equal(code, await TerraformTools.FormattedAsync(code));
            var maps = (await TerraformTools.JsonAsync(code)).GetProperty("locals").EnumerateArray()
                .SelectMany(l => l.EnumerateObject()).SelectMany(l => l.Name == "connections" ? l.Value.EnumerateObject().SelectMany(o => o.Value.EnumerateObject()) : l.Value.EnumerateObject()).ToList();
            var descriptions = maps.Select(m => m.Value.GetProperty("description").GetString()!).Distinct().Order(StringComparer.Ordinal);

            // hcl2json gives back what it takes for a template as it stood in the code.
            Assert.Equal(
                declared.Rules.Select(r => AsTerraformKeepsIt(r.Description)).Distinct().Order(StringComparer.Ordinal),
                descriptions.Select(d => d.Replace("$${", "${", StringComparison.Ordinal).Replace("%%{", "%{", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.Equal(declared.Rules.Length, maps.Sum(m => m.Value.TryGetProperty("source_sg_id", out _) ? 2 : 1));
        }
    }

    [Fact]
    public async Task Terraform_itself_gives_back_every_text()
    {
        Assert.SkipUnless(TerraformTools.HasTerraform, "terraform is not here.");
        var rules = Hostile();
        var code = WrittenCode.Of("terraform", rules);
        var locals = code[code.IndexOf("locals {", StringComparison.Ordinal)..code.IndexOf("resource ", StringComparison.Ordinal)];
        var map = await TerraformTools.ValueAsync(locals, "local.connections_ingress");
        Assert.Equal(
            rules.Rules.Where(r => r.Key.Direction == Direction.Ingress).Select(r => AsTerraformKeepsIt(r.Description)).Order(StringComparer.Ordinal),
            map.EnumerateObject().Select(m => m.Value.GetProperty("description").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_module_takes_its_input_by_its_own_types_and_checks()
    {
        Assert.SkipUnless(TerraformTools.HasTerraform, "terraform is not here.");
        var file = ConnectionsReader.Read(
            """
            version: 1
            groups: {web: {sg: sg-0000000a}, db: {sg: sg-0000000b}}
            connections:
              web-to-db: {from: web, to: db, services: [tcp/3306, tcp/4000-4010, icmp/8/-1, any], reason: orders}
              replicas: {from: db, to: db, services: [udp/53], reason: x}
            """,
            "c.yaml").Value!;
        var code = WrittenCode.Of("terraform-module", Compiler.Compile(file, null).Value!);
        Assert.DoesNotContain("resource ", code, StringComparison.Ordinal);

        // The declarations of the module's version 2 (its variables.tf), and what its resources would be given.
        const string Module = """
            variable "rules" {
              type = map(object({
                source_sg_id       = string
                target_sg_id       = string
                from_port          = number
                to_port            = optional(number)
                protocol           = optional(string, "tcp")
                description        = optional(string, "")
                description_source = optional(string, "")
                description_target = optional(string, "")
              }))

              validation {
                condition     = alltrue([for r in var.rules : (r.description == "") == (r.description_source != "" && r.description_target != "")])
                error_message = "Rules need a description."
              }
            }

            variable "tags" {
              type = map(string)
            }

            output "it" {
              value = [for k, r in var.rules : join(" ", [r.source_sg_id, r.target_sg_id, r.protocol, tostring(r.from_port), r.to_port == null ? tostring(r.from_port) : tostring(r.to_port), var.tags["sallyport:connections"], r.description])]
            }
            """;
        var calls = await TerraformTools.ValueAsync(
            code.Replace("\"skwashd/mutual-security-groups/aws\"", "\"./module\"", StringComparison.Ordinal).Replace("  version  = \">= 2.0.0, < 3.0.0\"\n", "", StringComparison.Ordinal), "flatten([for m in module.connections : m.it])", Module);
        Assert.Equal(
            [
                "sg-0000000b sg-0000000b udp 53 53 replicas x [replicas]",
                "sg-0000000a sg-0000000b -1 -1 -1 web-to-db orders [web-to-db]",
                "sg-0000000a sg-0000000b icmp 8 -1 web-to-db orders [web-to-db]",
                "sg-0000000a sg-0000000b tcp 3306 3306 web-to-db orders [web-to-db]",
                "sg-0000000a sg-0000000b tcp 4000 4010 web-to-db orders [web-to-db]",
            ],
            calls.EnumerateArray().Select(c => c.GetString()));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("${a} %{b}", "\"$${a} %%{b}\"")]
    [InlineData("$${a} %%%{b}", "\"$$\\u007ba} %%%\\u007bb}\"")]
    [InlineData("$ {a} {$} $", "\"$ {a} {$} $\"")]
    [InlineData("a\"b\\c\nd\re\tf\0", "\"a\\\"b\\\\c\\nd\\re\\tf\\u0000\"")]
    [InlineData("\u202Eé日😀\U000E0001", "\"\\u202eé日😀\\U000e0001\"")]
    public void Texts_are_quoted(string text, string quoted) => Assert.Equal(quoted, TerraformLines.Quote(text));

    [Fact]
    public void A_comment_stays_one_line() =>
        Assert.Equal("# a?resource \"x\" \"y\" {??}\n", new TerraformLines().Comment("a\nresource \"x\" \"y\" {\r\u2028}").ToString());

    [Fact]
    public void Groups_that_the_same_code_declares_are_named_by_reference()
    {
        foreach (var unit in new[] { string.Empty, "prod/net#" })
        {
            var web = new SecurityGroupId($"{unit}aws_security_group.web[\"a b\"]");
            var inner = new SecurityGroupId($"{unit}module.net.aws_security_group.db");
            var hostile = new SecurityGroupId($"{unit}aws_security_group.web[\"${{x}}\"]");
            var estate = new EstateBuilder().Add(Named(web, "web")).Add(Named(inner, "db")).Add(Named(hostile, "odd")).Build();
            var code = WrittenCode.Of("terraform", Rules(estate, Rule(web, "tcp/1", new GroupPeer(inner)), Rule(web, "tcp/2", new GroupPeer(hostile)), Rule(inner, "tcp/3", new GroupPeer(web))), estate);
            Assert.Contains("security_group_id            = aws_security_group.web[\"a b\"].id\n", code, StringComparison.Ordinal);

            // What stands inside another module, or could be more than an address, is not for this file to name.
            Assert.Contains("security_group_id            = var.security_group_ids[\"db\"]\n", code, StringComparison.Ordinal);
            Assert.Contains("referenced_security_group_id = var.security_group_ids[\"odd\"]\n", code, StringComparison.Ordinal);
            Assert.Contains("setsubtract([\"db\", \"odd\"], keys(", code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Groups_of_several_units_of_code_are_asked_for()
    {
        var (one, two) = (new SecurityGroupId("a#aws_security_group.web"), new SecurityGroupId("b#aws_security_group.web"));
        var estate = new EstateBuilder().Add(Named(one, "one")).Add(Named(two, "two")).Build();
        var code = WrittenCode.Of("terraform", Rules(estate, Rule(one, "tcp/1", new GroupPeer(two))), estate);
        Assert.DoesNotContain("aws_security_group.web", code, StringComparison.Ordinal);
        Assert.Contains("var.security_group_ids[\"two\"]", code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_exists_is_imported_and_no_other()
    {
        var (web, db) = (new SecurityGroupId("sg-0000000a"), new SecurityGroupId("sg-0000000b"));
        var estate = new EstateBuilder()
            .Add(Named(web, "web") with { Rules = [new(Direction.Egress, Service.Tcp(1), new GroupPeer(db)) { Id = new("sgr-0000000000000001a") }, new(Direction.Egress, Service.Tcp(2), new GroupPeer(db)) { Id = new("sgrule-12") }] })
            .Add(Named(db, "db") with { Rules = [new(Direction.Ingress, Service.Tcp(1), new GroupPeer(web)) { Id = new("sgr-0000000000000001b") }] }).Build();
        var rules = Rules(estate, Rule(web, "tcp/1", new GroupPeer(db)), Rule(web, "tcp/2", new GroupPeer(db)), Rule(db, "tcp/1", new GroupPeer(web)) with { Key = new(Direction.Ingress, Service.Tcp(1), new GroupPeer(web)) });
        Assert.Equal(
            ["aws_vpc_security_group_ingress_rule.connections[\"c tcp/1 web -> db\"] sgr-0000000000000001b", "aws_vpc_security_group_egress_rule.connections[\"c tcp/1 web -> db\"] sgr-0000000000000001a"],
            Imports(WrittenCode.Of("terraform", rules, estate)));
        Assert.Equal(
            ["module.connections[\"c\"].aws_vpc_security_group_ingress_rule.this[\"c tcp/1 web -> db\"] sgr-0000000000000001b", "module.connections[\"c\"].aws_vpc_security_group_egress_rule.this[\"c tcp/1 web -> db\"] sgr-0000000000000001a"],
            Imports(WrittenCode.Of("terraform-module", rules, estate)));
        Assert.Empty(Imports(WrittenCode.Of("terraform", rules)));

        static IEnumerable<string> Imports(string code) => code.Split("import {\n").Skip(1).Select(i => i.Split('\n')).Select(l => $"{l[0][7..]} {l[1].Split('"')[1]}");
    }

    [Fact]
    public async Task Each_place_has_a_provider_and_a_group_of_another_account_its_account()
    {
        var (here, there) = (new SecurityGroupId("sg-0000000a"), new SecurityGroupId("sg-0000000b"));
        var estate = new EstateBuilder().Add(Named(here, "web")).Add(Named(there, "db") with { Scope = new("444455556666", "eu-west-1") }).Build();
        var rules = Rules(estate, Rule(here, "tcp/1", new GroupPeer(there)), Rule(there, "tcp/1", new GroupPeer(here)) with { Key = new(Direction.Ingress, Service.Tcp(1), new GroupPeer(here)) });
        foreach (var language in Languages)
        {
            var code = WrittenCode.Of(language.Data, rules, estate);
            Assert.Contains("  provider = aws.account_111122223333_eu_west_1\n", code, StringComparison.Ordinal);
            Assert.Contains("\"444455556666/sg-0000000b\"", code, StringComparison.Ordinal);
            Assert.Contains("\"111122223333/sg-0000000a\"", code, StringComparison.Ordinal);
            Assert.DoesNotContain("module \"", code, StringComparison.Ordinal);
            if (TerraformTools.HasTerraform) Assert.Equal(string.Empty, await TerraformTools.FmtDifferenceAsync(code));
        }
    }

    [Fact]
    public void What_other_code_declares_and_what_nothing_declares_is_said()
    {
        var web = new SecurityGroupId("aws_security_group.web");
        var inline = new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4)) { File = "net.tf", Line = 12 };
        var ours = new SecurityGroupRule(Direction.Egress, Service.Tcp(9), new CidrPeer(Cidr.AnyV4)) { File = "connections.tf", Line = 3, Tags = Tags.None.With(OwnershipTag.Key, "c") };
        var estate = new EstateBuilder().Add(Named(web, "web") with { Rules = [inline, ours] }).Add(Named(new("sg-0000000a"), "db") with { Rules = [inline with { File = "groups.json" }] }).Build();
        using var stream = new MemoryStream();
        var said = new TerraformWriter().Write(Rules(estate, Rule(web, "tcp/9", new CidrPeer(Cidr.AnyV4))), estate, stream);
        Assert.Equal(["SPD6202", "SPD6203"], said.Select(d => d.Code));
        Assert.Equal(new SourceSpan("net.tf", 12), said[0].At);
        Assert.Contains("1 rule(s) of aws_security_group.web", said[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Written_into_the_module_that_it_was_made_from_it_is_made_again(string language)
    {
        const string Groups = """
            resource "aws_security_group" "web" {
              name = "web"
            }

            resource "aws_security_group" "db" {
              for_each = toset(["a", "b"])
              name     = "db-${each.key}"
            }
            """;
        var file = ConnectionsReader.Read(
            """
            version: 1
            groups: {web: {select: {name: web}}, a: {select: {name: db-a}}, b: {select: {name: db-b}}}
            externals: {office: {cidrs: [198.51.100.0/24]}}
            connections:
              web-to-db: {from: web, to: [a, b], services: [tcp/3306], reason: orders}
              office: {from: office, to: web, services: [tcp/443], reason: pages}
            """,
            "c.yaml").Value!;
        var first = Compile(Groups);
        Assert.Contains("= aws_security_group.db[\"a\"].id\n", first.Code, StringComparison.Ordinal);
        var second = Compile(Groups, first.Code);
        Assert.Equal(first.Code, second.Code);
        Assert.Empty(first.Said.Concat(second.Said));

        // The groups now have what was declared, and nothing more.
        Assert.Equal(["ingress tcp/443 from 198.51.100.0/24", "egress tcp/3306 to aws_security_group.db[\"a\"]", "egress tcp/3306 to aws_security_group.db[\"b\"]"], second.Estate.Index.Groups[new("aws_security_group.web")].Rules.Select(r => r.Key.ToString()));

        (string Code, ImmutableArray<Diagnostic> Said, Estate Estate) Compile(params ImmutableArray<string> module)
        {
            var builder = new EstateBuilder();
            new TerraformCode(folder => folder == "." ? [.. module.Select((t, i) => new TerraformText($"{i}.tf", t))] : []).Read(".", new EstateFile("."), builder);
            var estate = builder.Build();
            using var stream = new MemoryStream();
            var said = RulesFormats.Find(language)!.Write(Compiler.Compile(file, estate).Value!, estate, stream);
            return (Encoding.UTF8.GetString(stream.ToArray()), said, estate);
        }
    }

    [Fact]
    public void Names_that_read_alike_stay_apart()
    {
        var estate = new EstateBuilder().Add(Named(new("sg-0000000a"), "web")).Add(Named(new("sg-0000000b"), "web")).Add(Named(new("sg-0000000c"), "web (sg-0000000a)")).Build();
        var rules = Rules(estate, [.. estate.SecurityGroups.Select(g => Rule(g.Id, "tcp/1", new CidrPeer(Cidr.AnyV4)))]);
        Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTerraform(WrittenCode.Of("terraform", rules, estate)));
        Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTemplate(WrittenCode.Of("cloudformation", rules, estate)));
    }

    /// <summary>Every hostile name as a group's name, a reason and an owner at once.</summary>
    internal static DesiredRules Hostile()
    {
        var groups = HostileNames.All.Where(n => n.Length is > 0 and < 1000).Select((n, i) => new ManagedGroup(n, new($"sg-{i:x8}"), Home, IsReadOnly: false)).ToImmutableArray();
        return new DesiredRules
        {
            Groups = groups,
            Rules = [.. groups.SelectMany((g, i) => new[] { Direction.Ingress, Direction.Egress }.Select(d => new DesiredRule(g.Id, new(d, Service.Tcp(i + 1), new CidrPeer(Cidr.Parse("10.0.0.0/8"))), g.Name, [$"c {g.Name}"])))],
        };
    }

    /// <summary>Terraform composes letters and accents, and has no half characters either.</summary>
    private static string AsTerraformKeepsIt(string text) => HostileNames.AsJsonKeepsIt(text).Replace("e\u0301", "\u00e9", StringComparison.Ordinal);

    private static SecurityGroup Named(SecurityGroupId id, string name) => new(id, Home) { Name = name };

    private static DesiredRule Rule(SecurityGroupId owner, string service, Peer peer) => new(owner, new(Direction.Egress, Service.Parse(service), peer), "why [c]", ["c"]);

    private static DesiredRules Rules(Estate estate, params ImmutableArray<DesiredRule> rules) => new()
    {
        Rules = rules,
        Groups = [.. estate.SecurityGroups.Select(g => new ManagedGroup(g.Name, g.Id, g.Scope, IsReadOnly: false))],
    };
}
