using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Terraform.Plans;

namespace Sallyport.Tests.Terraform.Plans;

/// <summary>Files that are broken, huge, or made to hurt: an error with a place, never an exception, and never a quiet half.</summary>
public sealed class PlanHostileTests
{
    [Fact]
    public void A_sample_cut_off_anywhere_is_an_error()
    {
        var whole = PlanText.Sample("shop/create.json").TrimEnd();
        for (var length = 200; length < whole.Length; length += 97)
        {
            var (estate, said) = PlanText.TryRead(whole[..length]);
            Assert.Contains(said, d => d.Severity == Severity.Error);
            Assert.Empty(estate.SecurityGroups);
        }
    }

    [Fact]
    public void Every_value_of_a_sample_may_be_of_a_wrong_kind()
    {
        var whole = PlanText.Sample("shop/change.json");
        string[] values = ["null", "true", "-1e999", "\"x\"", "[]", "{}", "[[[{}]]]", "{\"references\":[1,null,\"\",\".\",\"[\",\"a[\\\"\",\"module\",\"var\",\"each.value\"]}"];
        var starts = Enumerable.Range(0, whole.Length - 1).Where(i => whole[i] == ':' && whole[i + 1] is '[' or '{' or 't' or '"').ToList();
        for (var i = 0; i < starts.Count; i += 7)
        {
            var at = starts[i] + 1;
            var reader = new System.Text.Json.Utf8JsonReader(Encoding.UTF8.GetBytes(whole[at..]), isFinalBlock: false, default);
            reader.Read();
            if (!reader.TrySkip()) continue;
            var rest = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(whole[at..])[(int)reader.BytesConsumed..]);
            foreach (var side in (PlanSide[])[PlanSide.Before, PlanSide.After]) PlanText.TryRead(whole[..at] + values[i % values.Length] + rest, side);
        }
    }

    [Theory]
    [InlineData("{\"name\":true,\"ingress\":true}")]
    [InlineData("{\"name\":true,\"ingress\":[{\"cidr_blocks\":[true],\"description\":true}]}")]
    [InlineData("true")]
    public void Sensitive_values_are_never_told(string marks)
    {
        var (estate, said) = PlanText.TryRead(
            """
            {"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[{"address":"aws_security_group.a","mode":"managed",
            "type":"aws_security_group","name":"a","change":{"actions":["create"],"before":null,"after":{"name":"SECRET-name","description":"d","egress":[],
            "ingress":[{"cidr_blocks":["SECRET-cidr"],"description":"SECRET-text","from_port":22,"to_port":22,"protocol":"tcp","self":false}]},
            "after_unknown":{"id":true},"before_sensitive":false,"after_sensitive":MARKS}}]}
            """.Replace("MARKS", marks, StringComparison.Ordinal));
        var group = Assert.Single(estate.SecurityGroups);
        Assert.Contains(estate.Gaps, g => g.What == Sallyport.Estates.GapKind.Rules && g.Where == group.Id.Value);
        Assert.DoesNotContain("SECRET", $"{group} {string.Join(' ', group.Rules)} {string.Join(' ', group.Malformed)} {string.Join(' ', estate.Gaps)} {string.Join(' ', said)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_an_error()
    {
        var deep = PlanText.Plan(PlanText.Change("aws_security_group.web", """["create"]""", "null", $"{{\"ingress\":{new string('[', 200)}{new string(']', 200)}}}"));
        Assert.Contains(PlanText.TryRead(deep).Said, d => d.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("""{"format_version":"2.0","terraform_version":"9","resource_changes":[]}""", "SPD2250")]
    [InlineData("""{"format_version":"1.2","terraform_version":"1","resource_changes":{}}""", "SPD2254")]
    [InlineData("""{"format_version":"1.2","terraform_version":"1","resource_changes":[1]}""", "SPD2254")]
    [InlineData("""{"format_version":"1.2","terraform_version":"1"} {}""", "SPD2254")]
    [InlineData("""{"version":3,"terraform_version":"0.11","serial":1,"lineage":"x","modules":[]}""", "SPD2250")]
    public void What_Terraform_does_not_write_is_told(string json, string code)
    {
        var said = PlanText.TryRead(json).Said;
        Assert.Equal(code, Assert.Single(said, d => d.Severity == Severity.Error).Code);
    }

    [Fact]
    public void A_state_has_no_sides() => Assert.Equal("SPD2251", Assert.Single(PlanText.TryRead(PlanText.Sample("shop/created.json"), PlanSide.Before).Said).Code);

    [Theory]
    [InlineData("""{"format_version":"1.0","provider_schemas":{}}""")]
    [InlineData("""{"SecurityGroups":[]}""")]
    [InlineData("""{"configuration":{"a":1}}""")]
    [InlineData("""[{"format_version":"1.0"}]""")]
    public void What_is_no_plan_is_left_to_others(string json) => Assert.DoesNotContain(PlanText.TryRead(json).Said, d => d.Code.StartsWith("SPD22", StringComparison.Ordinal));

    [Theory]
    [InlineData("shop/create.json")]
    [InlineData("shop/created.tfstate")]
    public void Sorted_keys_make_no_difference(string sample)
    {
        var sorted = Sorted(System.Text.Json.Nodes.JsonNode.Parse(PlanText.Sample(sample))!).ToJsonString();
        Assert.Equal(PlanText.Groups(PlanText.Read(PlanText.Sample(sample))), PlanText.Groups(PlanText.Read(sorted)));
    }

    [Fact]
    public void A_million_open_values_are_read_in_time()
    {
        var open = new StringBuilder("{\"id\":true,\"ingress\":[");
        for (var i = 0; i < 250_000; i++) open.Append(i == 0 ? string.Empty : ",").Append("{\"cidr_blocks\":true,\"security_groups\":true,\"from_port\":true,\"to_port\":true}");
        open.Append("]}");
        var json = PlanText.Plan(PlanText.Change("aws_security_group.web", """["create"]""", "null", """{"name":"web"}""", open.ToString()), """{"resources":[{"address":"aws_security_group.web","type":"aws_security_group","expressions":{"ingress":{"references":["var.x"]}}}]}""");
        var time = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEmpty(PlanText.Doubts(PlanText.Read(json), "aws_security_group.web"));
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(60), $"It took {time.Elapsed}.");
    }

    [Fact]
    public void A_thousand_modules_that_refer_to_each_other_are_read_in_time()
    {
        var calls = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""
            "m{{i}}":{"expressions":{"x":{"references":["module.m{ {(i + 1) % 1000} }.o","module.m{ {(i + 7) % 1000} }.o","local.a"]} },"module":{"outputs":{"o":{"expression":{"references":["var.x","local.y"]} } } } }
            """));
        var rule = PlanText.Change("aws_vpc_security_group_ingress_rule.r", """["create"]""", "null", """{"ip_protocol":"tcp","from_port":1,"to_port":1}""", """{"security_group_id":true,"referenced_security_group_id":true}""");
        var changes = $"{PlanText.NewGroup("aws_security_group.web")},{rule}";
        var json = PlanText.Plan(changes, $$"""{"resources":[{"address":"aws_vpc_security_group_ingress_rule.r","type":"aws_vpc_security_group_ingress_rule","expressions":{"security_group_id":{"references":["module.m0.o"]},"referenced_security_group_id":{"references":["local.z"]} } }],"module_calls":{ {{calls}} } }""");
        Assert.NotEmpty(PlanText.Doubts(PlanText.Read(json), "aws_security_group.web"));
    }

    private static System.Text.Json.Nodes.JsonNode Sorted(System.Text.Json.Nodes.JsonNode node) => node switch
    {
        System.Text.Json.Nodes.JsonObject map => new System.Text.Json.Nodes.JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : (System.Text.Json.Nodes.JsonNode?)Sorted(p.Value)))),
        System.Text.Json.Nodes.JsonArray list => new System.Text.Json.Nodes.JsonArray([.. list.Select(i => i is null ? null : Sorted(i))]),
        _ => node.DeepClone(),
    };
}
