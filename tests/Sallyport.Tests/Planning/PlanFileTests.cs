using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Tests.Applying;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Planning;

/// <summary>Plan files: what is written is read back, and what was damaged or edited is refused with its place.</summary>
public sealed class PlanFileTests
{
    [Fact]
    public void What_is_written_is_read_back_to_the_same_bytes() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var plan = new Planner().Plan(pair.Estate, pair.Desired).Value!;
        var bytes = PlanJsonWriter.ToBytes(plan);
        var read = PlanJsonReader.Read(bytes, "plan.json");
        Assert.True(read.IsOk, string.Join("\n", read.Diagnostics));
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(PlanJsonWriter.ToBytes(read.Value)));
        Assert.Equal(PlanJsonWriter.DigestOf(plan), PlanJsonWriter.DigestOf(read.Value));
        Assert.Equal(plan.Summary, read.Value.Summary);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_input_changes_no_byte() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var (estate, desired) = pair;
        var turned = desired with { Rules = [.. desired.Rules.Reverse()], Groups = [.. desired.Groups.Reverse()] };
        Assert.Equal(PlanJsonWriter.ToBytes(new Planner().Plan(estate, desired).Value!), PlanJsonWriter.ToBytes(new Planner().Plan(estate, turned).Value!));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_document_has_the_shape_of_the_contract()
    {
        using var json = JsonDocument.Parse(Text());
        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.StartsWith("sha256:", root.GetProperty("estateDigest").GetString(), StringComparison.Ordinal);
        var step = root.GetProperty("steps")[0];
        Assert.Equal(["id", "action", "account", "region", "group", "direction", "rules", "tags", "because", "takesEffect"], step.EnumerateObject().Select(p => p.Name));
        Assert.Equal("authorize", step.GetProperty("action").GetString());
        Assert.Equal(["direction", "group", "protocol", "fromPort", "toPort", "peer", "description", "origins"], step.GetProperty("rules")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("immediately", step.GetProperty("takesEffect").GetString());
        Assert.Equal(2, root.GetProperty("summary").GetProperty("add").GetInt32());
        Assert.Equal(3, root.GetProperty("summary").GetProperty("remove").GetInt32());
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "SPD3011")]
    [InlineData("\"action\": \"authorize\"", "\"action\": \"delete-group\"", "SPD3012")]
    [InlineData("\"direction\": \"egress\"", "\"direction\": \"sideways\"", "SPD3012")]
    [InlineData("\"protocol\": \"tcp\"", "\"protocol\": \"TCP\"", "SPD3012")]
    [InlineData("\"fromPort\": 3306", "\"fromPort\": 3307", "SPD3012")]
    [InlineData("\"fromPort\": 3306", "\"fromPort\": 70000", "SPD3012")]
    [InlineData("\"fromPort\": 3306", "\"fromPort\": 33.5", "SPD3012")]
    [InlineData("\"cidr\": \"10.0.0.0/8\"", "\"cidr\": \"10.0.0.1/8\"", "SPD3012")]
    [InlineData("\"cidr\": \"10.0.0.0/8\"", "\"cidr\": \"10.0.0.0/8\", \"group\": \"sg-0000000a\"", "SPD3012")]
    [InlineData("\"id\": 2", "\"id\": 3", "SPD3012")]
    [InlineData("\"steps\": [", "\"steps\": 7, \"other\": [", "SPD3012")]
    [InlineData("\"steps\": [", "\"steps\": [], \"steps\": [", "SPD3010")]
    [InlineData("\"estateDigest\": \"sha256:", "\"estateDigest\": \"md5:", "SPD3012")]
    [InlineData("\"takesEffect\": \"immediately\"", "\"takesEffect\": \"never\"", "SPD3012")]
    public void An_edited_plan_is_refused_with_its_place(string old, string edited, string code)
    {
        var text = Text();
        Assert.Contains(old, text, StringComparison.Ordinal);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        var read = PlanJsonReader.Read(Encoding.UTF8.GetBytes(text[..at] + edited + text[(at + old.Length)..]), "plan.json");
        Assert.Null(read.Value);
        Assert.All(read.Diagnostics, d => Assert.Equal(code, d.Code));
        Assert.All(read.Diagnostics, d => Assert.True(d.At is { File: "plan.json", Line: > 0, Column: > 0 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("nothing")]
    [InlineData("{}")]
    [InlineData("{} {}")]
    [InlineData("{\"schemaVersion\":1}")]
    [InlineData("{\"estateDigest\":\"\\ud800\"}")]
    public void What_is_no_plan_is_refused(string text)
    {
        var read = PlanJsonReader.Read(Encoding.UTF8.GetBytes(text), "plan.json");
        Assert.Null(read.Value);
        Assert.NotEmpty(read.Diagnostics);
    }

    [Theory]
    [InlineData("{\"schemaVersion\":1,\"kind\":\"sallyport-snapshot\",\"scopes\":[{\"a\":[[{}]]}]}", "it is a snapshot", "sallyport plan CONNECTIONS SOURCE --out plan.json")]
    [InlineData("{\"schemaVersion\":1,\"kind\":\"sallyport-snapshot\",\"scopes\":[", "it is a snapshot", "sallyport fix SOURCE --out plan.json")]
    [InlineData("{\"schemaVersion\":1,\"tool\":{},\"findings\":[]}", "it is a report of sallyport audit", "sallyport fix SOURCE --out plan.json")]
    [InlineData("{\"$schema\":\"x\",\"runs\":[]}", "it is a report of sallyport audit", "sallyport fix")]
    [InlineData("{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"resource_changes\":[]}", "it is a Terraform plan or state", "terraform apply")]
    [InlineData("PK\u0003\u0004xyz", "it is an archive, as terraform plan -out writes them", "terraform apply")]
    [InlineData("version: 1\nconnections:\n  a: {}\n", "it is a connections file", "sallyport plan FILE SOURCE --out plan.json")]
    [InlineData("AWSTemplateFormatVersion: x\nResources:\n", "it is a CloudFormation template", "aws cloudformation deploy")]
    [InlineData("resource \"aws_security_group\" \"a\" {}", "it is Terraform code", "terraform apply")]
    [InlineData("{\"n\":1,\"sum\":\"a\",\"entry\":{\"kind\":\"sallyport-journal\"}}\n{\"n\":2}", "it is a journal of apply", "sallyport undo")]
    [InlineData("{\"SecurityGroups\":[]}", "it is an answer of the AWS CLI", "sallyport plan")]
    [InlineData("{\"a\":1}", "it has neither steps nor the digest of an estate", "sallyport plan --out")]
    public void Another_document_is_told_by_name_and_once(string text, string what, string instead)
    {
        var said = Assert.Single(PlanJsonReader.Read(Encoding.UTF8.GetBytes(text), "plan.json").Diagnostics);
        Assert.Equal("SPD3010", said.Code);
        Assert.Contains(what, said.Message, StringComparison.Ordinal);
        Assert.Contains(instead, said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var read = PlanJsonReader.Read(Encoding.UTF8.GetBytes(new string('[', 100_000)), "plan.json");
        Assert.Equal("SPD3010", Assert.Single(read.Diagnostics).Code);
    }

    [Fact]
    public void A_byte_order_mark_is_read_over() =>
        Assert.True(PlanJsonReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text())], "plan.json").IsOk);

    [Fact]
    public void Damaged_plans_never_crash_the_reader()
    {
        var bytes = Encoding.UTF8.GetBytes(Text());
        var random = new FaultSchedule(42);
        for (var round = 0; round < 3000; round++)
        {
            byte[] damaged = [.. bytes];
            for (var hit = random.Next(4); hit >= 0; hit--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) damaged = damaged[..random.Next(damaged.Length)];
            var read = PlanJsonReader.Read(damaged, "plan.json");
            if (read.Value is { } plan) PlanJsonReader.Read(PlanJsonWriter.ToBytes(plan), "again");
            else Assert.Contains(read.Diagnostics, d => d.Severity == Severity.Error);
        }
    }

    [Fact]
    public void The_digest_follows_content_and_forgets_ids()
    {
        var rule = PlannerTests.Existing("egress", "any", "0.0.0.0/0") with { Description = "d" };
        var group = PlannerTests.Group(new SecurityGroupId("sg-0000000a"), rule);
        var digest = PlanDigest.Of([group]);
        Assert.True(PlanDigest.Matches(digest, [With(rule with { Id = new SecurityGroupRuleId("sgr-0000000000000ffff") })]));
        Assert.False(PlanDigest.Matches(digest, [With(rule with { Description = "e" })]));
        Assert.False(PlanDigest.Matches(digest, [With(rule with { Tags = Tags.None.With("a", "b") })]));
        Assert.False(PlanDigest.Matches(digest, [group with { Rules = [] }]));
        Assert.False(PlanDigest.Matches(digest, []));
        Assert.False(PlanDigest.Matches(digest, [With(rule with { Tags = null })]));

        var untagged = PlanDigest.Of([With(rule with { Tags = null })]);
        Assert.NotEqual(digest, untagged);
        Assert.True(PlanDigest.Matches(untagged, [group]));
        Assert.False(PlanDigest.Matches(untagged, [With(rule with { Description = "e" })]));

        SecurityGroup With(SecurityGroupRule changed) => group with { Rules = [changed] };
    }

    private static string Text() => Encoding.UTF8.GetString(PlanJsonWriter.ToBytes(ApplierTests.TwoGroups().Plan));
}
