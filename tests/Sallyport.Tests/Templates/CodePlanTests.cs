using System.Collections.Immutable;
using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Templates;
using Sallyport.Tests.Reports;

namespace Sallyport.Tests.Templates;

/// <summary>Plans as code: additions as resources, everything else as comments.</summary>
public sealed class CodePlanTests
{
    private static readonly Scope Home = new("111122223333", "eu-west-1");
    private static readonly SecurityGroupId Web = new("sg-0000000a");
    private static readonly SecurityGroupId Db = new("sg-0000000b");
    private static readonly SecurityGroupRule Open = new(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4)) { Id = new("sgr-0000000a") };

    private static readonly PlanStep Needed = Step(PlanAction.Authorize, new PlanRule(new RuleKey(Direction.Egress, Service.Tcp(3306), new GroupPeer(Db))) { Description = "orders [SP-EGR-01]", Origins = ["SP-EGR-01"] });

    [Theory]
    [InlineData(1, "Write --to terraform, which has no such limit, or fix less at a time, such as --rule SP-EGR-01.")]
    [InlineData(2, "Give --out fixes/ (a folder, by the slash): each account and Region gets a template of its own.")]
    public void More_additions_than_a_template_takes_name_what_to_type(int places, string said)
    {
        var steps = Enumerable.Range(0, 501).Select(n => new PlanStep(n + 1, PlanAction.Authorize, n % places == 0 ? Home : new Scope("444455556666", "us-east-1"), new SecurityGroupId($"sg-{n:x8}"), Direction.Egress, [new PlanRule(Open.Key with { Service = Service.Tcp(443) })]));
        using var stream = new MemoryStream();
        var problem = Assert.Single(PlanFormats.Find("cloudformation")!.Write(new Plan { EstateDigest = string.Empty, Steps = [.. steps] }, new EstateBuilder().Build(), stream));
        Assert.Equal("SPD6212", problem.Code);
        Assert.EndsWith(said, problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public async Task Terraform_adds_and_names_the_calls_that_revoke()
    {
        var estate = new EstateBuilder().Add(new SecurityGroup(Web, Home) { Name = "web", Rules = [Open] }).Add(new SecurityGroup(Db, Home) { Name = "db" }).Build();
        var text = Write("terraform", estate, "SPD6209", Needed, Step(PlanAction.Revoke, new PlanRule(Open.Key) { Id = Open.Id }));
        Assert.Contains("    \"SP-EGR-01 tcp/3306 web -> db\" = {\n", text, StringComparison.Ordinal);
        Assert.EndsWith(
            """

            # To be done when the rules above are there, by hand: this file only adds.
            #
            # aws ec2 revoke-security-group-egress --region 'eu-west-1' \
            #     --group-id 'sg-0000000a' \
            #     --security-group-rule-ids 'sgr-0000000a'

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
        if (TerraformTools.HasTerraform) Assert.Equal(string.Empty, await TerraformTools.FmtDifferenceAsync(text));
        Assert.Equal(["sg-0000000a egress tcp/3306 to sg-0000000b | orders [SP-EGR-01] | SP-EGR-01"], WrittenCode.LinesOfTerraform(text));
    }

    [Fact]
    public void CloudFormation_adds_and_names_the_calls_that_revoke()
    {
        var estate = new EstateBuilder().Add(new SecurityGroup(Web, Home) { Name = "web", Rules = [Open] }).Build();
        var text = Write("cloudformation", estate, "SPD6209", Needed, Step(PlanAction.Revoke, new PlanRule(Open.Key) { Id = Open.Id }));
        Assert.EndsWith("#     --security-group-rule-ids 'sgr-0000000a'\n", text, StringComparison.Ordinal);
        Assert.Equal(["sg-0000000a egress tcp/3306 to sg-0000000b | orders [SP-EGR-01] | SP-EGR-01"], WrittenCode.LinesOfTemplate(text));
    }

    [Theory]
    [InlineData("terraform")]
    [InlineData("cloudformation")]
    public void Rules_that_code_declares_are_to_be_taken_out_there(string language)
    {
        var group = new SecurityGroupId("aws_security_group.web");
        var estate = new EstateBuilder().Add(new SecurityGroup(group, Home) { Name = "web", Rules = [Open with { Id = null, File = "net\n.tf", Line = 12 }] }).Build();
        var text = Write(language, estate, "SPD6209", Step(PlanAction.Revoke, new PlanRule(Open.Key)) with { Group = group });
        Assert.Contains("# net?.tf:12: take out egress any to 0.0.0.0/0 of web\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("aws ec2", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("terraform")]
    [InlineData("cloudformation")]
    public void No_text_gets_out_of_its_comment(string language)
    {
        foreach (var name in HostileNames.All.Where(n => n.Length is > 0 and < 1000 && !n.EnumerateRunes().Contains(Rune.ReplacementChar)))
        {
            var group = new SecurityGroupId(name);
            var text = Write(language, new EstateBuilder().Add(new SecurityGroup(group, Home) { Name = name, Rules = [Open] }).Build(), "SPD6209", Step(PlanAction.Describe, new PlanRule(Open.Key) { Description = name, Before = Open }) with { Group = group });
            var start = text.IndexOf("# To be done", StringComparison.Ordinal);
            Assert.All(text[start..].Split('\n', '\r', '\u2028', '\u2029', '\u0085').SkipLast(1), l => Assert.StartsWith("#", l, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("terraform")]
    [InlineData("cloudformation")]
    public void What_changes_in_place_needs_its_id(string language)
    {
        var step = Step(PlanAction.Modify, new PlanRule(Open.Key with { Service = Service.Tcp(1) }) { Before = Open });
        var said = PlanFormats.Find(language)!.Write(new Plan { EstateDigest = "sha256:", Steps = [step] }, new EstateBuilder().Build(), Stream.Null);
        Assert.Equal(("SPD3017", Severity.Error), (Assert.Single(said).Code, said[0].Severity));
    }

    [Fact]
    public void One_template_serves_several_places()
    {
        var said = PlanFormats.Find("cloudformation")!.Write(
            new Plan { EstateDigest = "sha256:", Steps = [Needed, Needed with { Group = Db, Scope = new("444455556666", "eu-west-1") }] },
            new EstateBuilder().Add(new SecurityGroup(Web, Home)).Add(new SecurityGroup(Db, new("444455556666", "eu-west-1"))).Build(),
            Stream.Null);
        Assert.Equal(["SPD6208", "SPD6218"], said.Select(d => d.Code).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(said, d => d.Severity == Severity.Error);
    }

    private static PlanStep Step(PlanAction action, params ImmutableArray<PlanRule> rules) => new(1, action, Home, Web, Direction.Egress, rules);

    private static string Write(string language, Estate estate, string code, params ImmutableArray<PlanStep> steps)
    {
        using var stream = new MemoryStream();
        var said = PlanFormats.Find(language)!.Write(new Plan { EstateDigest = "sha256:", Steps = steps }, estate, stream);
        Assert.Contains(said, d => d.Code == code);
        Assert.DoesNotContain(said, d => d.Severity == Severity.Error);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
