using System.Collections.Immutable;
using System.Text;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Templates;
using Sallyport.Templates.CloudFormation;
using Sallyport.Tests.Reports;
using YamlDotNet.RepresentationModel;

namespace Sallyport.Tests.Templates;

/// <summary>Written CloudFormation: what stands in it, its limits, and what cfn-lint says.</summary>
public sealed class CloudFormationWriterTests : IDisposable
{
    private static readonly Scope Home = new("111122223333", "eu-west-1");

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-").FullName;

    public static TheoryData<string> Languages => ["cloudformation", "cloudformation-json"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Cfn_lint_finds_nothing(string language)
    {
        Assert.SkipUnless(ChildProcess.OnPath("cfn-lint"), "cfn-lint is not here.");
        var rules = Compiler.Compile(ConnectionsReader.Read(TerraformWriterTests.Shop, "c.yaml").Value!, null).Value!;
        var (exit, text) = await LintAsync([("connections" + Extension(language), Encoding.UTF8.GetBytes(WrittenCode.Of(language, rules)))]);
        Assert.True(exit == 0, text);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_template_is_split_before_it_is_too_big_and_the_parts_are_all_of_it(string language)
    {
        var writer = (IRulesFilesWriter)RulesFormats.Find(language)!;
        var rules = Many(1100, n => new SecurityGroupId($"name-{n % 90}"));
        var files = new List<WrittenFile>();
        Assert.DoesNotContain(writer.Write(rules, null, "net.prod" + writer.Extension, isApart: true, files), d => d.Severity == Severity.Error);
        Assert.Equal(["net.prod.part-01", "net.prod.part-02", "net.prod.part-03", "net.prod.part-04", "net.prod"], files.Select(f => Path.GetFileNameWithoutExtension(f.Name)));
        Assert.Equal(WrittenCode.Lines(rules), files.SkipLast(1).SelectMany(f => WrittenCode.LinesOfTemplate(Text(f))).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.True(((YamlMappingNode)WrittenCode.Load(Text(f)).Children["Resources"]).Children.Count <= 500));

        // Each part gets from the root exactly the parameters that it has.
        var root = WrittenCode.Load(Text(files[^1]));
        var declared = Keys(root, "Parameters");
        foreach (var ((_, nested), file) in ((YamlMappingNode)root.Children["Resources"]).Children.Zip(files))
        {
            var properties = (YamlMappingNode)((YamlMappingNode)nested).Children["Properties"];
            Assert.Equal(file.Name, ((YamlScalarNode)properties.Children["TemplateURL"]).Value);
            Assert.Equal(Keys(WrittenCode.Load(Text(file)), "Parameters"), Keys(properties, "Parameters"));
            Assert.Subset(declared.ToHashSet(), Keys(properties, "Parameters").ToHashSet());
        }

        if (ChildProcess.OnPath("cfn-lint"))
        {
            var (exit, text) = await LintAsync([.. files.Select(f => (f.Name, f.Content.ToArray()))]);
            Assert.True(exit == 0, text);
        }

        using var stream = new MemoryStream();
        Assert.Equal("SPD6205", Assert.Single(writer.Write(rules, null, stream)).Code);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void A_rule_more_moves_no_other_to_another_part()
    {
        var (before, after) = (Parts(Many(600, n => new SecurityGroupId($"sg-{n:x8}"))), Parts(Many(640, n => new SecurityGroupId($"sg-{n:x8}"))));
        Assert.Empty(before.Except(after));

        static HashSet<(string, string)> Parts(DesiredRules rules)
        {
            var files = new List<WrittenFile>();
            new CloudFormationWriter(isJson: false).Write(rules, null, "x.yaml", isApart: true, files);
            return [.. files.SkipLast(1).SelectMany(f => Keys(WrittenCode.Load(Text(f)), "Resources").Select(k => (f.Name, k)))];
        }
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Two_hundred_parameters_are_too_few_for_one_group_more(int groups, bool fits)
    {
        var files = new List<WrittenFile>();
        var said = new CloudFormationWriter(isJson: false).Write(Many(groups, n => new SecurityGroupId($"name-{n}")), null, "x.yaml", isApart: true, files);
        Assert.Equal(fits ? null : "SPD6206", said.FirstOrDefault(d => d.Severity == Severity.Error)?.Code);
    }

    [Fact]
    public void What_only_S3_takes_is_said()
    {
        var said = new CloudFormationWriter(isJson: false).Write(Many(300, n => new SecurityGroupId($"sg-{n:x8}")), null, "x.yaml", isApart: true, []);
        Assert.Equal(("SPD6207", Severity.Note), (Assert.Single(said).Code, said[0].Severity));
    }

    [Fact]
    public void Each_place_is_a_stack_of_its_own()
    {
        var files = new List<WrittenFile>();
        Assert.Empty(new CloudFormationWriter(isJson: true).Write(InTwoPlaces(), null, "x.json", isApart: true, files));
        Assert.Equal(["x.111122223333-eu-west-1.json", "x.444455556666-us-east-1.json"], files.Select(f => f.Name));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task One_template_serves_every_place_and_cfn_lint_agrees(string language)
    {
        var files = new List<WrittenFile>();
        var writer = (IRulesFilesWriter)RulesFormats.Find(language)!;
        var said = Assert.Single(writer.Write(InTwoPlaces(), null, "x" + writer.Extension, isApart: false, files));
        Assert.Equal(("SPD6218", Severity.Note), (said.Code, said.Severity));
        var text = Text(Assert.Single(files));
        Assert.Equal(WrittenCode.Of(language, InTwoPlaces()), text);
        var resources = ((YamlMappingNode)WrittenCode.Load(text).Children["Resources"]).Children.Values.Cast<YamlMappingNode>().ToList();
        Assert.Equal(["In111122223333EuWest1", "In444455556666UsEast1"], resources.Select(r => ((YamlScalarNode)r.Children["Condition"]).Value!).Distinct().Order(StringComparer.Ordinal));
        Assert.SkipUnless(ChildProcess.OnPath("cfn-lint"), "cfn-lint is not here.");
        var (exit, found) = await LintAsync([("x" + writer.Extension, files[0].Content.ToArray())]);
        Assert.True(exit == 0, found);
    }

    [Fact]
    public void Conditions_read_as_people_write_them() => Assert.Contains(
        """
        Conditions:
          In111122223333EuWest1: !And
            - !Equals [!Ref AWS::AccountId, "111122223333"]
            - !Equals [!Ref AWS::Region, eu-west-1]
          In444455556666UsEast1: !And
            - !Equals [!Ref AWS::AccountId, "444455556666"]
            - !Equals [!Ref AWS::Region, us-east-1]

        """.ReplaceLineEndings("\n"),
        WrittenCode.Of("cloudformation", InTwoPlaces()),
        StringComparison.Ordinal);

    [Fact]
    public void Rules_of_no_known_place_are_not_made_everywhere()
    {
        var rules = InTwoPlaces();
        rules = rules with { Groups = [.. rules.Groups.Skip(1), rules.Groups[0] with { Scope = new Scope(string.Empty, "eu-west-1") }] };
        using var stream = new MemoryStream();
        Assert.Equal("SPD6216", Assert.Single(new CloudFormationWriter(isJson: false).Write(rules, null, stream)).Code);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void More_than_one_template_for_all_places_takes_asks_for_a_folder()
    {
        var rules = Many(501, n => new SecurityGroupId($"sg-{n:x8}"));
        rules = rules with { Groups = [.. rules.Groups.Select((g, i) => g with { Scope = i % 2 == 0 ? Home : new("444455556666", "us-east-1") })] };
        var files = new List<WrittenFile>();
        var said = Assert.Single(new CloudFormationWriter(isJson: false).Write(rules, null, "x.yaml", isApart: false, files));
        Assert.Equal("SPD6217", said.Code);
        Assert.Contains("Give --out templates/ (a folder, by the slash)", said.Message, StringComparison.Ordinal);
        Assert.Empty(files);
        Assert.DoesNotContain(new CloudFormationWriter(isJson: false).Write(rules, null, "x.yaml", isApart: true, files), d => d.Severity == Severity.Error);
        Assert.Equal(2, files.Count);
    }

    [Fact]
    public void Conditions_of_places_never_collide()
    {
        Scope[] places =
        [
            new("111122223333", "eu-west-1"), new("111122223333", "eu-west1"), new("111122223333", "euwest-1"), new("111122223333", ""), new("", "eu-west-1"),
            new("1111-22223333", "eu-west-1"), new("1", "1-eu-west-1"), new("11", "-eu-west-1"), new("111122223333", "Eu-west-1"), new("111122223333", "日本-1"), new("111122223333", "本日-1"),
        ];
        Assert.Equal("In111122223333EuWest1", LogicalIds.OfPlace(places[0]));
        Assert.Equal(places.Length, places.Select(LogicalIds.OfPlace).Distinct().Count());
        Assert.All(places, p => Assert.Matches("^[A-Za-z0-9]{1,255}$", LogicalIds.OfPlace(p)));
    }

    [Fact]
    public void A_group_of_another_account_is_named_with_it_where_there_is_a_field()
    {
        var peer = new GroupPeer(new("their-db")) { Account = "444455556666" };
        var rules = new DesiredRules
        {
            Groups = [new("web", new("sg-0000000a"), Home, false)],
            Rules = [new(new("sg-0000000a"), new(Direction.Ingress, Service.Tcp(1), peer), "d", ["c"]), new(new("sg-0000000a"), new(Direction.Egress, Service.Tcp(1), peer), "d", ["c"])],
        };
        var files = new List<WrittenFile>();
        Assert.Equal("SPD6208", Assert.Single(new CloudFormationWriter(isJson: false).Write(rules, null, "x.yaml", isApart: true, files)).Code);
        var text = Text(Assert.Single(files));
        Assert.Contains("      SourceSecurityGroupOwnerId: \"444455556666\"\n", text, StringComparison.Ordinal);
        Assert.Contains("  TheirDbSecurityGroupId:\n    Type: String\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_exist_are_said()
    {
        var rule = new SecurityGroupRule(Direction.Egress, Service.Tcp(1), new CidrPeer(Cidr.AnyV4)) { Id = new("sgr-00000000000000001") };
        var estate = new EstateBuilder().Add(new SecurityGroup(new("sg-0000000a"), Home) { Rules = [rule] }).Build();
        var rules = new DesiredRules { Groups = [new("web", new("sg-0000000a"), Home, false)], Rules = [new(new("sg-0000000a"), rule.Key, "d", ["c"])] };
        Assert.Equal("SPD6204", Assert.Single(new CloudFormationWriter(isJson: false).Write(rules, estate, Stream.Null)).Code);
    }

    [Theory]
    [InlineData("tcp", "tcp")]
    [InlineData("AWS::EC2::SecurityGroup::Id", "AWS::EC2::SecurityGroup::Id")]
    [InlineData("Id of the group a-b", "Id of the group a-b")]
    [InlineData("no", "\"no\"")]
    [InlineData("On", "\"On\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("012", "\"012\"")]
    [InlineData("-1", "\"-1\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("2010-09-09", "\"2010-09-09\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("::/0", "\"::/0\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\n\"\\\u0085\u2028\uFEFF😀\U000E0001", "\"a\\n\\\"\\\\\\u0085\\u2028\\ufeff😀\\U000e0001\"")]
    public void Texts_are_plain_only_where_they_stay_text(string text, string written) => Assert.Equal(written, YamlText.Scalar(text));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Hostile_texts_come_back(string language)
    {
        var rules = TerraformWriterTests.Hostile();
        var clean = rules with { Rules = [.. rules.Rules.Select(r => r with { Description = HostileNames.AsJsonKeepsIt(r.Description), Origins = [.. r.Origins.Select(HostileNames.AsJsonKeepsIt)] })] };
        Assert.Equal(WrittenCode.Lines(clean), WrittenCode.LinesOfTemplate(WrittenCode.Of(language, rules)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Hostile_texts_come_back_from_the_reader_of_cfn_lint(string language)
    {
        Assert.SkipUnless(ChildProcess.OnPath("cfn-lint"), "cfn-lint is not here.");
        var rules = TerraformWriterTests.Hostile();
        var file = Path.Combine(_folder, "hostile" + Extension(language));
        await File.WriteAllTextAsync(file, WrittenCode.Of(language, rules));
        var (exit, text) = await ChildProcess.RunAsync(
            "python3", ["-c", "import sys,json,cfnlint.decode as d; t,e=d.decode(sys.argv[1]); assert not e, e; print(json.dumps(sorted(r['Properties']['Description'] for r in t['Resources'].values())))", file]);
        Assert.True(exit == 0, text);
        using var read = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal(
            rules.Rules.Select(r => HostileNames.AsJsonKeepsIt(r.Description)).Order(StringComparer.Ordinal),
            read.RootElement.EnumerateArray().Select(d => d.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Logical_ids_are_made_of_names_and_never_collide()
    {
        Assert.Equal("MyWebSecurityGroupId", LogicalIds.OfParameter("my-web", "SecurityGroupId"));
        string[] names = ["my-web", "my.web", "my--web", "my-web-", "MyWeb", "myWeb", "日本", "本日", "my-1", "my1", new string('x', 300), new string('x', 301)];
        Assert.Equal(names.Length, names.Select(n => LogicalIds.OfParameter(n, "Id")).Distinct().Count());
        Assert.All(names, n => Assert.Matches("^[A-Za-z0-9]{1,255}$", LogicalIds.OfParameter(n, "SecurityGroupId")));
    }

    private static DesiredRules InTwoPlaces()
    {
        var rules = Many(4, n => new SecurityGroupId($"sg-{n:x8}"));
        return rules with { Groups = [.. rules.Groups.Select((g, i) => g with { Scope = i % 2 == 0 ? Home : new("444455556666", "us-east-1") })] };
    }

    private static DesiredRules Many(int count, Func<int, SecurityGroupId> group)
    {
        var rules = Enumerable.Range(0, count).Select(n => new DesiredRule(group(n), new(Direction.Egress, Service.Tcp(n + 1), new CidrPeer(Cidr.Parse("10.0.0.0/8"))), $"reason [c{n}]", [$"c{n}"])).ToImmutableArray();
        return new DesiredRules { Rules = rules, Groups = [.. rules.Select(r => r.Group).Distinct().Select(g => new ManagedGroup(g.Value, g, Home, IsReadOnly: false))] };
    }

    private static List<string> Keys(YamlMappingNode map, string name) => [.. ((YamlMappingNode)map.Children[name]).Children.Keys.Select(k => ((YamlScalarNode)k).Value!)];

    private static string Text(WrittenFile file) => Encoding.UTF8.GetString(file.Content.Span);

    private static string Extension(string language) => language == "cloudformation" ? ".yaml" : ".json";

    private async Task<(int Exit, string Text)> LintAsync(ImmutableArray<(string Name, byte[] Content)> files)
    {
        // W3002 is a reminder that nested files are for `aws cloudformation package`, which is the idea.
        foreach (var (name, content) in files) await File.WriteAllBytesAsync(Path.Combine(_folder, name), content);
        return await ChildProcess.RunAsync("cfn-lint", ["--ignore-checks", "W3002", "--", .. files.Select(f => Path.Combine(_folder, f.Name))]);
    }
}
