using Sallyport.Estates;

namespace Sallyport.Tests.Terraform.Plans;

/// <summary>Values that a plan leaves open: references to one thing are followed, everything else is a gap.</summary>
public sealed class PlanUnknownTests
{
    private const string Web = "aws_security_group.web";
    private const string Db = "aws_security_group.db";

    [Fact]
    public void A_reference_to_a_new_group_becomes_its_address()
    {
        var estate = Rules("""{"security_group_id":{"references":["aws_security_group.web.id","aws_security_group.web"]},"referenced_security_group_id":{"references":["aws_security_group.db.id","aws_security_group.db"]}}""");
        Assert.Equal("aws_security_group.db\naws_security_group.web\n  ingress tcp/443 from aws_security_group.db", PlanText.Groups(estate));
        Assert.Empty(PlanText.Doubts(estate, Web));
    }

    [Fact]
    public void A_choice_between_two_groups_is_a_doubt_of_both_and_a_guess_of_none()
    {
        var estate = Rules("""{"security_group_id":{"references":["var.on","aws_security_group.web.id","aws_security_group.web","aws_security_group.db.id","aws_security_group.db"]},"referenced_security_group_id":{"references":["aws_security_group.db.id","aws_security_group.db"]}}""");
        Assert.Equal("aws_security_group.db\naws_security_group.web", PlanText.Groups(estate));
        Assert.Single(PlanText.Doubts(estate, Web));
        Assert.Single(PlanText.Doubts(estate, Db));
    }

    [Fact]
    public void A_local_of_a_module_with_several_groups_is_a_doubt()
    {
        var estate = Rules("""{"security_group_id":{"references":["aws_security_group.web.id","aws_security_group.web"]},"referenced_security_group_id":{"references":["local.peer"]}}""");
        Assert.Contains("aws_security_group.db.id", Assert.Single(PlanText.Doubts(estate, Web)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_the_configuration_does_not_state_is_filled_in_by_AWS_and_no_doubt()
    {
        var estate = PlanText.Read(PlanText.Plan(PlanText.NewGroup(Web), """{"resources":[{"address":"aws_security_group.web","mode":"managed","type":"aws_security_group","name":"web","expressions":{"name":{"constant_value":"web"}}}]}"""));
        Assert.Equal(Web, PlanText.Groups(estate));
        Assert.Empty(PlanText.Doubts(estate, Web));
    }

    [Fact]
    public void An_open_list_that_the_configuration_states_is_a_doubt()
    {
        var estate = PlanText.Read(PlanText.Plan(PlanText.NewGroup(Web), """{"resources":[{"address":"aws_security_group.web","mode":"managed","type":"aws_security_group","name":"web","expressions":{"ingress":{"references":["data.http.blocks.body","data.http.blocks"]}}}]}"""));
        Assert.Single(PlanText.Doubts(estate, Web));
    }

    [Fact]
    public void Without_a_configuration_an_open_list_is_a_doubt()
    {
        var json = $$"""{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{{PlanText.NewGroup(Web)}}]}""";
        Assert.NotEmpty(PlanText.Doubts(PlanText.Read(json), Web));
    }

    [Fact]
    public void Blocks_that_share_one_unknown_group_all_have_it()
    {
        var estate = Inline("""["aws_security_group.db.id","aws_security_group.db"]""", blocks: 2);
        Assert.Contains("  ingress tcp/1 from aws_security_group.db\n  ingress tcp/2 from aws_security_group.db", PlanText.Groups(estate), StringComparison.Ordinal);
        Assert.Empty(PlanText.Doubts(estate, Web));
    }

    [Fact]
    public void Blocks_among_which_two_unknown_groups_are_spread_are_a_doubt()
    {
        var estate = Inline("""["aws_security_group.db.id","aws_security_group.db","aws_security_group.cache.id","aws_security_group.cache"]""", blocks: 2);
        Assert.DoesNotContain("from aws_security_group", PlanText.Groups(estate), StringComparison.Ordinal);
        Assert.NotEmpty(PlanText.Doubts(estate, Web));
    }

    [Fact]
    public void One_block_has_every_unknown_group_that_the_blocks_refer_to()
    {
        var estate = Inline("""["aws_security_group.db.id","aws_security_group.db","aws_security_group.cache.id","aws_security_group.cache"]""", blocks: 1);
        Assert.Contains("  ingress tcp/1 from aws_security_group.cache\n  ingress tcp/1 from aws_security_group.db", PlanText.Groups(estate), StringComparison.Ordinal);
        Assert.Empty(PlanText.Doubts(estate, Web));
    }

    [Fact]
    public void An_iteration_over_groups_takes_the_group_of_its_key()
    {
        var changes = $$"""{{PlanText.NewGroup("aws_security_group.db[\"a\"]")}},{{PlanText.NewGroup("aws_security_group.db[\"b.c\"]")}},{{Rule("aws_vpc_security_group_ingress_rule.r[\"b.c\"]")}}""";
        var estate = PlanText.Read(PlanText.Plan(changes, """
            {"resources":[{"address":"aws_vpc_security_group_ingress_rule.r","mode":"managed","type":"aws_vpc_security_group_ingress_rule","name":"r",
              "expressions":{"security_group_id":{"references":["each.value.id","each.value"]},"referenced_security_group_id":{"references":["aws_security_group.db[\"a\"].id","aws_security_group.db[\"a\"]","aws_security_group.db"]}},
              "for_each_expression":{"references":["aws_security_group.db"]}}]}
            """));
        Assert.Equal("aws_security_group.db[\"a\"]\naws_security_group.db[\"b.c\"]\n  ingress tcp/443 from aws_security_group.db[\"a\"]", PlanText.Groups(estate));
    }

    [Fact]
    public void References_are_followed_into_outputs_and_out_through_variables()
    {
        var changes = $$"""{{PlanText.NewGroup("module.a.aws_security_group.web")}},{{PlanText.NewGroup("aws_security_group.db")}},{{Rule("module.a.aws_vpc_security_group_ingress_rule.r")}},{{Rule("aws_vpc_security_group_ingress_rule.r")}}""";
        var estate = PlanText.Read(PlanText.Plan(changes, """
            {"resources":[{"address":"aws_vpc_security_group_ingress_rule.r","mode":"managed","type":"aws_vpc_security_group_ingress_rule","name":"r",
               "expressions":{"security_group_id":{"references":["aws_security_group.db.id","aws_security_group.db"]},"referenced_security_group_id":{"references":["module.a.group_id","module.a"]}}}],
             "module_calls":{"a":{"source":"./a","expressions":{"peer":{"references":["aws_security_group.db.id","aws_security_group.db"]}},"module":{
               "outputs":{"group_id":{"expression":{"references":["aws_security_group.web.id","aws_security_group.web"]}}},
               "resources":[{"address":"aws_vpc_security_group_ingress_rule.r","mode":"managed","type":"aws_vpc_security_group_ingress_rule","name":"r",
                 "expressions":{"security_group_id":{"references":["aws_security_group.web.id","aws_security_group.web"]},"referenced_security_group_id":{"references":["var.peer"]}}}]}}}}
            """));
        Assert.Equal(
            "aws_security_group.db\n  ingress tcp/443 from module.a.aws_security_group.web\nmodule.a.aws_security_group.web\n  ingress tcp/443 from aws_security_group.db",
            PlanText.Groups(estate));
    }

    [Fact]
    public void Modules_that_pass_a_value_round_in_a_circle_end_in_a_doubt()
    {
        var changes = $$"""{{PlanText.NewGroup("aws_security_group.web")}},{{Rule("module.a.aws_vpc_security_group_ingress_rule.r")}}""";
        var estate = PlanText.Read(PlanText.Plan(changes, """
            {"module_calls":{"a":{"expressions":{"peer":{"references":["module.a.out","module.a"]}},"module":{"outputs":{"out":{"expression":{"references":["var.peer"]}}},
              "resources":[{"address":"aws_vpc_security_group_ingress_rule.r","mode":"managed","type":"aws_vpc_security_group_ingress_rule","name":"r",
                "expressions":{"security_group_id":{"references":["var.peer"]}}}]}}}}
            """));
        Assert.NotEmpty(PlanText.Doubts(estate, Web));
    }

    [Fact]
    public void Two_data_sources_of_which_one_is_read_later_do_not_hide_it()
    {
        var changes = $$"""{{PlanText.NewGroup("aws_security_group.web")}},{{Rule("aws_vpc_security_group_ingress_rule.r")}},{"address":"data.aws_security_group.late","mode":"data","type":"aws_security_group","name":"late","change":{"actions":["read"],"before":null,"after":{"name":"late"},"after_unknown":{"id":true} } }""";
        var estate = PlanText.Read(PlanText.Plan(changes, """
            {"resources":[{"address":"aws_vpc_security_group_ingress_rule.r","mode":"managed","type":"aws_vpc_security_group_ingress_rule","name":"r",
              "expressions":{"security_group_id":{"references":["aws_security_group.web.id","aws_security_group.web"]},"referenced_security_group_id":{"references":["data.aws_security_group.late.id","data.aws_security_group.late"]}}}]}
            """));
        Assert.Contains("  ingress tcp/443 from data.aws_security_group.late", PlanText.Groups(estate), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ends_of_a_real_plan_are_doubts_of_the_groups_they_concern_and_of_no_other()
    {
        var estate = PlanText.Read(PlanText.Sample("open-ends/create.json"));
        foreach (var group in (string[])["attr", "dyn1", "dyn2", "two"]) Assert.NotEmpty(estate.Gaps.Where(g => g.What == GapKind.Rules && g.Where == $"aws_security_group.{group}"));
        Assert.Contains(estate.Gaps, g => g.What == GapKind.NetworkInterfaces && g.Where == "aws_lb.x");
        Assert.DoesNotContain(estate.Gaps, g => g.What == GapKind.Rules && g.Where.Length == 0);
        Assert.All(estate.SecurityGroups.Where(g => g.Name is "two" or "dyn1" or "dyn2"), g => Assert.Empty(g.Rules));
    }

    private static string Rule(string address) => PlanText.Change(
        address,
        """["create"]""",
        "null",
        """{"cidr_ipv4":null,"description":null,"from_port":443,"ip_protocol":"tcp","to_port":443,"tags":null}""",
        """{"arn":true,"id":true,"referenced_security_group_id":true,"security_group_id":true,"security_group_rule_id":true}""");

    private static Estate Rules(string arguments) => PlanText.Read(PlanText.Plan(
        $"{PlanText.NewGroup(Web)},{PlanText.NewGroup(Db)},{Rule("aws_vpc_security_group_ingress_rule.r")}",
        $$$"""{"resources":[{"address":"aws_security_group.web","mode":"managed","type":"aws_security_group","name":"web","expressions":{} },{"address":"aws_security_group.db","mode":"managed","type":"aws_security_group","name":"db","expressions":{} },{"address":"aws_vpc_security_group_ingress_rule.r","mode":"managed","type":"aws_vpc_security_group_ingress_rule","name":"r","expressions":{{{arguments}}} }]}"""));

    private static Estate Inline(string references, int blocks)
    {
        var known = string.Join(',', Enumerable.Range(1, blocks).Select(p => $$"""{"cidr_blocks":[],"from_port":{{p}},"ipv6_cidr_blocks":[],"prefix_list_ids":[],"protocol":"tcp","self":false,"to_port":{{p}} }"""));
        var open = string.Join(',', Enumerable.Range(1, blocks).Select(_ => """{"cidr_blocks":[],"security_groups":true}"""));
        var web = PlanText.Change(Web, """["create"]""", "null", $$"""{"name":"web","ingress":[{{known}}]}""", $$"""{"id":true,"ingress":[{{open}}],"egress":true}""");
        return PlanText.Read(PlanText.Plan(
            $"{web},{PlanText.NewGroup(Db)},{PlanText.NewGroup("aws_security_group.cache")}",
            $$$"""{"resources":[{"address":"aws_security_group.web","mode":"managed","type":"aws_security_group","name":"web","expressions":{"ingress":{"references":{{{references}}} } } }]}"""));
    }
}
