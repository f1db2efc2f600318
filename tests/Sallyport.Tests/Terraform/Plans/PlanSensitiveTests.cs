using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Estates;
using Sallyport.Estates.Snapshots;
using Sallyport.Terraform.Plans;

namespace Sallyport.Tests.Terraform.Plans;

/// <summary>What a state or plan marks as sensitive is unknown, and nowhere to be seen.</summary>
public sealed class PlanSensitiveTests
{
    private const string Values = """{"id":"sg-0000000a","name":"SECRET-name","description":"d","tags":{"k":"SECRET-tag"},"tags_all":{"k":"SECRET-tag","common":"c"},"egress":[],"ingress":[{"cidr_blocks":["SECRET-cidr","10.0.0.0/8"],"description":"SECRET-text","from_port":22,"to_port":22,"protocol":"tcp","self":false}]}""";

    private const string Marks = """{"name":true,"tags":{"k":true},"ingress":true}""";

    [Theory]
    [InlineData(Marks)]
    [InlineData("""{"name":true,"tags":true,"ingress":[{"cidr_blocks":[true],"description":true}]}""")]
    [InlineData("true")]
    public void A_state_as_it_is_shown(string marks)
    {
        foreach (var order in (string[])[$"\"values\":{Values},\"sensitive_values\":{marks}", $"\"sensitive_values\":{marks},\"values\":{Values}"])
        {
            var resource = $$"""{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a",{{order}}}""";
            IsHidden($$$"""{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"resources":[{{{resource}}}]} } }""");
            IsHidden($$$"""{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[],"prior_state":{"values":{"root_module":{"resources":[{{{resource}}}]} } } }""");
        }
    }

    [Theory]
    [InlineData("""[[{"type":"get_attr","value":"name"}],[{"type":"get_attr","value":"tags"},{"type":"index","value":{"value":"k","type":"string"}}],[{"type":"get_attr","value":"ingress"}]]""")]
    [InlineData("""[[{"type":"get_attr","value":"name"}],[{"type":"get_attr","value":"tags"}],[{"type":"get_attr","value":"ingress"},{"type":"index","value":{"value":0,"type":"number"}},{"type":"get_attr","value":"cidr_blocks"}],[{"type":"get_attr","value":"ingress"},{"type":"index","value":{"value":0,"type":"number"}},{"type":"get_attr","value":"description"}]]""")]
    [InlineData("""[[{"type":"get_attr","value":"name"}],[{"type":"get_attr","value":"tags"}],[{"type":"get_attr","value":"ingress"},{"type":"index","value":{"value":"a set has no number","type":"string"}}]]""")]
    [InlineData("""[[]]""")]
    [InlineData("""[[{"type":"whatever"}]]""")]
    [InlineData("true")]
    public void A_state_as_it_is_kept(string paths) =>
        IsHidden($$"""{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","resources":[{"mode":"managed","type":"aws_security_group","name":"a","instances":[{"attributes":{{Values}},"sensitive_attributes":{{paths}} }]}]}""");

    [Fact]
    public void What_is_not_marked_is_read()
    {
        var state = $$"""{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","resources":[{"mode":"managed","type":"aws_security_group","name":"a","instances":[{"attributes":{{Values}},"sensitive_attributes":[[{"type":"get_attr","value":"gone"}]] }]}]}""";
        Assert.Equal("SECRET-name", Assert.Single(PlanText.Read(state).SecurityGroups).Name);
        var json = JsonNode.Parse(PlanText.Sample("shop/created.tfstate"))!;
        foreach (var resource in json["resources"]!.AsArray())
        {
            foreach (var instance in resource!["instances"]!.AsArray()) instance!["sensitive_attributes"] = new JsonArray();
        }

        Assert.Equal(PlanText.Groups(PlanText.Read(PlanText.Sample("shop/created.tfstate"))), PlanText.Groups(PlanText.Read(json.ToJsonString())));
    }

    [Fact]
    public void A_sensitive_variable_is_not_put_back_from_the_configuration()
    {
        var change = PlanText.Change("aws_instance.i", """["create"]""", "null", """{"vpc_security_group_ids":["sg-5ec2e700"]}""")
            .Replace("\"after_sensitive\":{}", "\"after_sensitive\":{\"vpc_security_group_ids\":true}", StringComparison.Ordinal);
        var (estate, said) = PlanText.TryRead(PlanText.Plan(
            $"{PlanText.NewGroup("aws_security_group.a")},{change}",
            """{"resources":[{"address":"aws_instance.i","type":"aws_instance","expressions":{"vpc_security_group_ids":{"references":["var.s","aws_security_group.a.id","aws_security_group.a"]}}}]}""",
            "\"variables\":{\"s\":{\"value\":\"sg-5ec2e700\"}},"));
        Assert.DoesNotContain("sg-5ec2e700", Shown(estate) + string.Join(' ', said), StringComparison.Ordinal);
        Assert.Contains(estate.Gaps, g => g.What == GapKind.NetworkInterfaces && g.Where == "aws_instance.i" && g.Why.Contains("marked as sensitive", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sensitive_variable_names_no_Region()
    {
        const string configuration = """{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"references":["var.s"]}}}},"root_module":{"variables":{"s":{"sensitive":SECRET},"t":{}},"resources":[{"address":"aws_security_group.a","type":"aws_security_group","provider_config_key":"aws","expressions":{}}]}}""";
        string Region(string isSecret) => Assert.Single(PlanText.Read($$"""{"configuration":{{configuration.Replace("SECRET", isSecret, StringComparison.Ordinal)}},"format_version":"1.2","resource_changes":[{{PlanText.NewGroup("aws_security_group.a")}}],"terraform_version":"1","variables":{"s":{"value":"eu-west-3"} } }""").SecurityGroups).Scope.Region;
        Assert.Equal("eu-west-3", Region("false"));
        Assert.Equal(string.Empty, Region("true"));
    }

    [Theory]
    [InlineData(Marks, "false")]
    [InlineData("false", Marks)]
    [InlineData(Marks, "{}")]
    [InlineData("{}", Marks)]
    [InlineData("true", "{}")]
    [InlineData("{}", "true")]
    [InlineData("""{"name":true,"ingress":true}""", """{"tags":{"k":true}}""")]
    [InlineData("""{"tags":{"k":true}}""", """{"name":true,"tags":{"other":true},"ingress":true}""")]
    [InlineData("""{"name":true,"name":false,"tags":{"k":true},"tags":{"other":true},"ingress":true,"ingress":[{}]}""", "{}")]
    [InlineData("""{"name":true,"tags":true,"tags":{"other":true},"ingress":[{"cidr_blocks":true,"description":true}],"ingress":[{"cidr_blocks":[],"description":false}]}""", "{}")]
    public void Marks_that_come_twice(string first, string second)
    {
        var resource = $$"""{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a","sensitive_values":{{first}},"values":{{Values}},"sensitive_values":{{second}} }""";
        IsHidden($$$"""{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"resources":[{{{resource}}}]} } }""");
        foreach (var side in (string[])["before", "after"])
        {
            var change = $$"""{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a","change":{"actions":["update"],"before":{{Values}},"after":{{Values}},"after_unknown":{},"{{side}}_sensitive":{{first}},"{{side}}_sensitive":{{second}} } }""";
            IsHidden(PlanText.Plan(change), side == "before" ? PlanSide.Before : PlanSide.After);
        }
    }

    [Fact]
    public void What_is_unknown_twice()
    {
        var change = $$"""{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a","change":{"actions":["create"],"before":null,"after":{"id":"sg-0000000a","name":"a","description":"d"},"after_unknown":{"ingress":true},"after_sensitive":{},"after_unknown":{"description":true} } }""";
        var estate = PlanText.Read(PlanText.Plan(change, """{"resources":[{"address":"aws_security_group.a","type":"aws_security_group","expressions":{"ingress":{"references":["var.x"]},"description":{"references":["var.x"]}}}]}"""));
        Assert.NotNull(Assert.Single(estate.SecurityGroups).UnknownDescription);
        Assert.Contains(estate.Gaps, g => g is { What: GapKind.Rules, Where: "sg-0000000a" });
    }

    [Theory]
    [InlineData("""[[{"type":"get_attr","value":"name"}]]""", """[[{"type":"get_attr","value":"tags"}],[{"type":"get_attr","value":"ingress"}]]""")]
    [InlineData("""[[{"type":"get_attr","value":"name"}],[{"type":"get_attr","value":"tags"}],[{"type":"get_attr","value":"ingress"}]]""", "[]")]
    [InlineData("true", "null")]
    public void Paths_that_come_twice(string first, string second) =>
        IsHidden($$"""{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","resources":[{"mode":"managed","type":"aws_security_group","name":"a","instances":[{"sensitive_attributes":{{first}},"attributes":{{Values}},"sensitive_attributes":{{second}} }]}]}""");

    [Theory]
    [InlineData("""{"s":{"sensitive":true,"sensitive":false}}""")]
    [InlineData("""{"s":{"sensitive":true},"s":{}}""")]
    [InlineData("""{"s":{"default":{"sensitive":false},"sensitive":true}}""")]
    public void A_variable_that_is_told_twice(string variables)
    {
        var json = $$"""{"configuration":{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"references":["var.s"]} } } },"root_module":{"variables":{{variables}},"resources":[{"address":"aws_security_group.a","type":"aws_security_group","provider_config_key":"aws","expressions":{} }]} },"format_version":"1.2","resource_changes":[{{PlanText.NewGroup("aws_security_group.a")}}],"terraform_version":"1","variables":{"s":{"value":"eu-west-3"} } }""";
        Assert.Equal(string.Empty, Assert.Single(PlanText.Read(json).SecurityGroups).Scope.Region);
    }

    [Fact]
    public void A_secret_within_what_is_unknown_hides_the_whole()
    {
        var change = PlanText.NewGroup("aws_security_group.a").Replace("\"after_sensitive\":{}", "\"after_sensitive\":{\"ingress\":[{\"description\":true}]}", StringComparison.Ordinal);
        var (estate, said) = PlanText.TryRead(PlanText.Plan(change));
        Assert.Empty(said);
        Assert.Contains(estate.Gaps, g => g.What == GapKind.Rules && g.Why.Contains("sensitive", StringComparison.Ordinal));
    }

    private static void IsHidden(string json, PlanSide? side = null)
    {
        var (estate, said) = PlanText.TryRead(json, side);
        Assert.Equal("sg-0000000a", Assert.Single(estate.SecurityGroups).Id.Value);
        Assert.Contains(estate.Gaps, g => g is { What: GapKind.Rules, Where: "sg-0000000a" } && g.Why.Contains("it is marked as sensitive", StringComparison.Ordinal));
        Assert.DoesNotContain("SECRET", Shown(estate) + string.Join(' ', said), StringComparison.Ordinal);
    }

    private static string Shown(Estate estate)
    {
        using var stream = new MemoryStream();
        SnapshotWriter.Write(estate, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
