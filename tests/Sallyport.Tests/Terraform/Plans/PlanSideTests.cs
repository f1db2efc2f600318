using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Terraform.Plans;

namespace Sallyport.Tests.Terraform.Plans;

/// <summary>Actions of a plan, and the estate on either side of them.</summary>
public sealed class PlanSideTests
{
    private const string Old = """{"id":"sg-0000000a","arn":"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0000000a","name":"web","owner_id":"111122223333","vpc_id":"vpc-0000000a","ingress":[{"cidr_blocks":["10.0.0.0/8"],"from_port":22,"to_port":22,"protocol":"tcp","self":false}],"egress":[]}""";

    [Fact]
    public void A_group_that_is_made_is_there_after_only()
    {
        var plan = PlanText.Plan(PlanText.NewGroup("aws_security_group.web"));
        Assert.Equal("aws_security_group.web", PlanText.Groups(PlanText.Read(plan, PlanSide.After)));
        Assert.Equal(string.Empty, PlanText.Groups(PlanText.Read(plan, PlanSide.Before)));
    }

    [Theory]
    [InlineData("""["frobnicate"]""", "frobnicate", Old)]
    [InlineData("""["frobnicate"]""", "frobnicate", "null")]
    [InlineData("""["delete","frobnicate"]""", "frobnicate", Old)]
    [InlineData("[]", "none", Old)]
    public void What_becomes_of_a_group_under_an_unknown_action_is_not_known(string actions, string shown, string after)
    {
        var plan = PlanText.Plan(PlanText.Change("aws_security_group.web", actions, Old, after));
        var (estate, said) = PlanText.TryRead(plan);
        Assert.Equal("sg-0000000a\n  ingress tcp/22 from 10.0.0.0/8", PlanText.Groups(estate));
        Assert.Contains($"\"{shown}\"", Assert.Single(said, d => d.Code == "SPD2286").Message, StringComparison.Ordinal);
        Assert.Contains(estate.Gaps, g => g is { What: GapKind.Rules, Where: "sg-0000000a" } && g.Why.Contains(shown, StringComparison.Ordinal));
        Assert.DoesNotContain(PlanText.TryRead(plan, PlanSide.Before).Said, d => d.Code == "SPD2286");
    }

    [Theory]
    [InlineData("aws_security_group.web", GapKind.SecurityGroups, "aws_security_group.web")]
    [InlineData("aws_security_group_rule.web", GapKind.Rules, "")]
    [InlineData("aws_instance.web", GapKind.NetworkInterfaces, "aws_instance.web")]
    public void Of_an_unknown_action_without_values_nothing_is_known(string address, GapKind kind, string where)
    {
        var (estate, said) = PlanText.TryRead(PlanText.Plan(PlanText.Change(address, """["frobnicate"]""", "null", "null")));
        Assert.Single(said, d => d.Code == "SPD2286");
        Assert.Contains(estate.Gaps, g => g.What == kind && g.Where == where && g.Why.Contains("frobnicate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1e1000000000")]
    [InlineData("-1e999")]
    [InlineData("70000")]
    public void A_port_out_of_range_is_a_malformed_rule(string number)
    {
        var plan = PlanText.Plan(PlanText.Change("aws_security_group.web", """["update"]""", Old, Old.Replace("\"to_port\":22", $"\"to_port\":{number}", StringComparison.Ordinal)));
        var (estate, said) = PlanText.TryRead(plan);
        Assert.Equal(["SPD2050"], said.Select(d => d.Code));
        Assert.Equal("1 malformed rule(s) were left out.", Assert.Single(PlanText.Doubts(estate, "sg-0000000a")));
    }

    [Fact]
    public void A_group_that_is_deleted_is_there_before_only()
    {
        var plan = PlanText.Plan(PlanText.Change("aws_security_group.web", """["delete"]""", Old, "null"));
        Assert.Equal(string.Empty, PlanText.Groups(PlanText.Read(plan, PlanSide.After)));
        Assert.Equal("sg-0000000a\n  ingress tcp/22 from 10.0.0.0/8", PlanText.Groups(PlanText.Read(plan, PlanSide.Before)));
    }

    [Theory]
    [InlineData("""["update"]""")]
    [InlineData("""["no-op"]""")]
    public void A_group_that_stays_keeps_its_id(string actions)
    {
        var plan = PlanText.Plan(PlanText.Change("aws_security_group.web", actions, Old, Old));
        Assert.Equal(PlanText.Groups(PlanText.Read(plan, PlanSide.Before)), PlanText.Groups(PlanText.Read(plan)));
        Assert.Equal(new Scope("111122223333", "eu-west-1"), Assert.Single(PlanText.Read(plan).SecurityGroups).Scope);
    }

    [Theory]
    [InlineData("""["delete","create"]""")]
    [InlineData("""["create","delete"]""")]
    public void A_group_that_is_replaced_is_another_group(string actions)
    {
        var plan = PlanText.Plan(PlanText.Change("aws_security_group.web", actions, Old, """{"name":"web"}""", """{"id":true,"ingress":true,"egress":true}"""), """{"resources":[{"address":"aws_security_group.web","type":"aws_security_group","expressions":{}}]}""");
        Assert.StartsWith("sg-0000000a", PlanText.Groups(PlanText.Read(plan, PlanSide.Before)), StringComparison.Ordinal);
        var (after, said) = PlanText.TryRead(plan, PlanSide.After);
        Assert.Equal("aws_security_group.web", PlanText.Groups(after));
        Assert.Equal("The plan replaces aws_security_group.web: sg-0000000a goes, and the new group has no id yet.", Assert.Single(said, d => d.Code == "SPD2252").Message);
    }

    [Fact]
    public void What_is_forgotten_stays_and_is_said()
    {
        var (after, said) = PlanText.TryRead(PlanText.Plan(PlanText.Change("aws_security_group.web", """["forget"]""", Old, "null")), PlanSide.After);
        Assert.Equal("sg-0000000a\n  ingress tcp/22 from 10.0.0.0/8", PlanText.Groups(after));
        Assert.Single(said, d => d.Code == "SPD2253");
    }

    [Fact]
    public void What_a_replacement_left_behind_is_there_before()
    {
        var plan = PlanText.Plan(PlanText.Change("aws_security_group.web", """["delete"]""", Old, "null", more: "\"deposed\":\"0123abcd\","));
        Assert.StartsWith("sg-0000000a", PlanText.Groups(PlanText.Read(plan, PlanSide.Before)), StringComparison.Ordinal);
        Assert.Equal(string.Empty, PlanText.Groups(PlanText.Read(plan)));
    }

    [Fact]
    public void What_the_plan_does_not_touch_comes_from_the_state_before_it()
    {
        var prior = $$"""{"prior_state":{"format_version":"1.0","values":{"root_module":{"child_modules":[{"address":"module.a","resources":[{"address":"module.a.aws_security_group.web","mode":"managed","type":"aws_security_group","name":"web","values":{{Old}} }]}]} } },"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[]}""";
        foreach (var side in (PlanSide[])[PlanSide.Before, PlanSide.After]) Assert.StartsWith("sg-0000000a", PlanText.Groups(PlanText.Read(prior, side)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_resource_with_a_change_the_state_before_is_not_taken_whichever_comes_first()
    {
        var deleted = PlanText.Change("aws_security_group.web", """["delete"]""", Old, "null");
        var prior = $$"""{"values":{"root_module":{"resources":[{"address":"aws_security_group.web","mode":"managed","type":"aws_security_group","name":"web","values":{{Old}} }]} } }""";
        foreach (var parts in (string[])[$"\"resource_changes\":[{deleted}],\"prior_state\":{prior}", $"\"prior_state\":{prior},\"resource_changes\":[{deleted}]"])
        {
            Assert.Equal(string.Empty, PlanText.Groups(PlanText.Read($$"""{"format_version":"1.2","terraform_version":"1",{{parts}} }""")));
        }
    }

    [Fact]
    public void A_rule_resource_that_goes_takes_its_rule_off_the_list_that_the_group_carries_on()
    {
        var rule = """{"id":"sgr-0000000a","security_group_rule_id":"sgr-0000000a","security_group_id":"sg-0000000a","ip_protocol":"tcp","from_port":22,"to_port":22,"cidr_ipv4":"10.0.0.0/8"}""";
        var plan = PlanText.Plan($"{PlanText.Change("aws_security_group.web", """["no-op"]""", Old, Old)},{PlanText.Change("aws_vpc_security_group_ingress_rule.ssh", """["delete"]""", rule, "null")}");
        Assert.Equal("sg-0000000a", PlanText.Groups(PlanText.Read(plan)));
        var before = Assert.Single(PlanText.Read(plan, PlanSide.Before).SecurityGroups);
        Assert.Equal("sgr-0000000a", Assert.Single(before.Rules).Id!.Value.Value);
    }

    [Fact]
    public void A_rule_that_the_group_states_itself_stays_though_a_resource_of_the_same_goes()
    {
        var rule = """{"id":"sgrule-1","type":"ingress","security_group_id":"sg-0000000a","protocol":"tcp","from_port":22,"to_port":22,"cidr_blocks":["10.0.0.0/8"],"self":false}""";
        var plan = PlanText.Plan(
            $"{PlanText.Change("aws_security_group.web", """["no-op"]""", Old, Old)},{PlanText.Change("aws_security_group_rule.ssh", """["delete"]""", rule, "null")}",
            """{"resources":[{"address":"aws_security_group.web","type":"aws_security_group","expressions":{"ingress":{"constant_value":[]}}}]}""");
        Assert.Equal("sg-0000000a\n  ingress tcp/22 from 10.0.0.0/8", PlanText.Groups(PlanText.Read(plan)));
    }

    [Fact]
    public void A_rule_that_nobody_declares_stays()
    {
        var rule = """{"id":"sgrule-1","type":"ingress","security_group_id":"sg-0000000a","protocol":"tcp","from_port":22,"to_port":22,"cidr_blocks":["192.0.2.0/24"],"self":false}""";
        var plan = PlanText.Plan($"{PlanText.Change("aws_security_group.web", """["no-op"]""", Old, Old)},{PlanText.Change("aws_security_group_rule.ssh", """["delete"]""", rule, "null")}");
        Assert.Equal("sg-0000000a\n  ingress tcp/22 from 10.0.0.0/8", PlanText.Groups(PlanText.Read(plan)));
    }

    [Fact]
    public void A_plan_that_ended_with_an_error_is_read_in_part_only()
    {
        var estate = PlanText.Read(PlanText.Plan(PlanText.NewGroup("aws_security_group.web"), more: "\"errored\":true,"));
        Assert.Single(estate.Gaps, g => g.IsReadFailure);
    }

    [Fact]
    public void What_is_put_off_is_a_gap()
    {
        var deferred = $$"""{"reason":"instance_count_unknown","resource_change":{{PlanText.NewGroup("aws_security_group.later")}} }""";
        var estate = PlanText.Read(PlanText.Plan(PlanText.NewGroup("aws_security_group.web"), more: $"\"deferred_changes\":[{deferred}],"));
        Assert.Equal("The plan puts off aws_security_group.later (instance count unknown).", Assert.Single(estate.Gaps, g => g.What == GapKind.SecurityGroups).Why);
    }

    [Fact]
    public void Regions_of_providers_are_taken_from_constants_and_variables()
    {
        var json = $$"""
            {"format_version":"1.2","terraform_version":"1.11.4","variables":{"home":{"value":"eu-west-3"} },
             "resource_changes":[{{PlanText.NewGroup("aws_security_group.a")}},{{PlanText.NewGroup("aws_security_group.b")}}],
             "configuration":{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"references":["var.home"]} } },"aws.us":{"name":"aws","alias":"us","expressions":{"assume_role":[{"role_arn":{"constant_value":"arn:aws:iam::444455556666:role/x"} }],"region":{"constant_value":"us-east-1"} } } },
              "root_module":{"resources":[{"address":"aws_security_group.a","type":"aws_security_group","provider_config_key":"aws","expressions":{} },{"address":"aws_security_group.b","type":"aws_security_group","provider_config_key":"aws.us","expressions":{} }]} } }
            """;
        Assert.Equal([new Scope(string.Empty, "eu-west-3"), new Scope("444455556666", "us-east-1")], PlanText.Read(json).SecurityGroups.Select(g => g.Scope));
    }

    [Fact]
    public void Groups_and_rules_say_where_in_the_file_they_stand()
    {
        var json = PlanText.Plan($"\n{PlanText.Change("aws_security_group.web", """["no-op"]""", Old, Old)}\n");
        var group = Assert.Single(PlanText.Read(json).SecurityGroups);
        Assert.Equal(new SourceSpan("plan.json", 2), group.At);
        Assert.Equal(("plan.json", 2), (group.Rules[0].File, group.Rules[0].Line));
    }
}
