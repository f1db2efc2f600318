using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Terraform.Plans;

namespace Sallyport.Tests.Terraform.Plans;

/// <summary>
/// What Terraform itself says: the estate after a plan is the estate of the state once the plan was applied, and the estate before
/// a plan that of the state it was made from. Ids of what the plan makes are told apart by name.
/// </summary>
public sealed class PlanOracleTests
{
    [Fact]
    public void After_a_plan_that_makes_everything_is_the_state_that_applying_it_left() =>
        Assert.Equal(Shown(PlanText.Read(PlanText.Sample("shop/created.json"))), Shown(PlanText.Read(PlanText.Sample("shop/create.json"), PlanSide.After)));

    [Fact]
    public void Before_a_plan_is_the_state_that_it_was_made_from() =>
        Assert.Equal(Shown(PlanText.Read(PlanText.Sample("shop/created.json"))), Shown(PlanText.Read(PlanText.Sample("shop/change.json"), PlanSide.Before)));

    [Fact]
    public void After_a_plan_that_changes_much_is_the_state_that_applying_it_left() =>

        // moto lets ModifySecurityGroupRules change all of a rule but its group, so there the old group stayed.
        Assert.Equal(
            Shown(PlanText.Read(PlanText.Sample("shop/changed.json"))).Select(l => l.Replace("from sg-464a97be6693ad1dd", "from web", StringComparison.Ordinal)),
            Shown(PlanText.Read(PlanText.Sample("shop/change.json"), PlanSide.After), without: "i-ed699eeca2d40a859"));

    [Fact]
    public void The_file_of_a_state_tells_what_its_printed_form_tells() =>
        Assert.Equal(Shown(PlanText.Read(PlanText.Sample("shop/created.json"))), Shown(PlanText.Read(PlanText.Sample("shop/created.tfstate"))));

    [Fact]
    public void Through_modules_only_the_rule_that_a_local_hides_is_open()
    {
        var state = Shown(PlanText.Read(PlanText.Sample("modules/created.json")));
        var plan = PlanText.Read(PlanText.Sample("modules/create.json"));
        var missing = Assert.Single(state.Except(Shown(plan)));
        Assert.Equal("shop-app ingress tcp/8080 from shop-alb", missing);
        Assert.Empty(Shown(plan).Except(state));
        foreach (var group in (string[])["module.app_sg.aws_security_group.this[0]", "module.alb_sg.aws_security_group.this[0]"])
        {
            Assert.Contains("module.app_sg.aws_vpc_security_group_ingress_rule.sources[\"alb\"] may be a rule of this group", Assert.Single(PlanText.Doubts(plan, group)), StringComparison.Ordinal);
        }

        Assert.Empty(PlanText.Doubts(plan, "aws_security_group.admin"));
    }

    // Groups by name, rules with their peers by name, and who carries which group; sorted.
    private static ImmutableArray<string> Shown(Estate estate, string without = "")
    {
        var names = estate.SecurityGroups.ToDictionary(g => g.Id.Value, g => g.Name);
        var lists = estate.PrefixLists.ToDictionary(l => l.Id.Value, l => l.Name);
        var lines = new List<string>();
        foreach (var group in estate.SecurityGroups)
        {
            lines.Add($"{group.Name}: {group.Description}");
            foreach (var rule in group.Rules) lines.Add($"{group.Name} {Named(rule)}");
        }

        foreach (var nic in estate.NetworkInterfaces.Where(n => n.Id.Value != without))
        {
            lines.Add($"{nic.InterfaceType} {nic.Description.Split(' ')[^1]}: {string.Join(' ', nic.Groups.Select(g => names.GetValueOrDefault(g.Value, g.Value)).Order(StringComparer.Ordinal))}");
        }

        return [.. lines.Order(StringComparer.Ordinal)];

        string Named(SecurityGroupRule rule) => rule.Peer switch
        {
            GroupPeer group => rule.Key.ToString().Replace(group.Group.Value, names.GetValueOrDefault(group.Group.Value, group.Group.Value), StringComparison.Ordinal),
            PrefixListPeer list => rule.Key.ToString().Replace(list.PrefixList.Value, lists.GetValueOrDefault(list.PrefixList.Value, list.PrefixList.Value), StringComparison.Ordinal),
            _ => rule.Key.ToString(),
        };
    }
}
