using System.Collections.Immutable;
using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Terraform.Plans;

namespace Sallyport.Tests.Terraform.Plans;

/// <summary>Reads plans and states for tests, and shows estates in few words.</summary>
internal static class PlanText
{
    /// <summary>A sample that Terraform made.</summary>
    public static string Sample(string name) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Sallyport.Tests", "Terraform", "Plans", "Samples", name));

    /// <summary>The estate and everything that was said.</summary>
    public static (Estate Estate, ImmutableArray<Diagnostic> Said) TryRead(string json, PlanSide? side = null)
    {
        var builder = new EstateBuilder();
        var said = new EstateFileReader([new TerraformPlanFormat(side)]).Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), new EstateFile("plan.json"), builder);
        return (builder.Build(), [.. said]);
    }

    /// <summary>The estate of a plan that is sound.</summary>
    public static Estate Read(string json, PlanSide? side = null)
    {
        var (estate, said) = TryRead(json, side);
        Assert.DoesNotContain(said, d => d.Severity == Severity.Error);
        return estate;
    }

    /// <summary>A plan of these changes and this configuration, in the order in which Terraform writes its parts.</summary>
    public static string Plan(string changes, string configuration = "{}", string more = "") =>
        $$"""{"format_version":"1.2","terraform_version":"1.11.4",{{more}}"planned_values":{"root_module":{} },"resource_changes":[{{changes}}],"configuration":{"root_module":{{configuration}} } }""";

    /// <summary>A change of a managed resource.</summary>
    public static string Change(string address, string actions, string before, string after, string unknown = "{}", string more = "")
    {
        var steps = PlanAddress.StepsOf(address);
        var module = PlanAddress.ModuleOf(address);
        var start = PlanAddress.StepsOf(module).Count;
        var path = module.Length == 0 ? string.Empty : $"\"module_address\":{System.Text.Json.JsonSerializer.Serialize(module)},";
        return $$$"""{"address":{{{System.Text.Json.JsonSerializer.Serialize(address)}}},{{{path}}}"mode":"managed","type":"{{{steps[start]}}}","name":"{{{steps[start + 1]}}}",{{{more}}}"provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":{{{actions}}},"before":{{{before}}},"after":{{{after}}},"after_unknown":{{{unknown}}},"before_sensitive":false,"after_sensitive":{} } }""";
    }

    /// <summary>A group that the plan makes.</summary>
    public static string NewGroup(string address, string more = "", string unknown = "") => Change(
        address, """["create"]""", "null", $$"""{"name":"{{PlanAddress.StepsOf(address)[^1].Trim('[', ']', '"')}}","vpc_id":"vpc-0000000a"{{more}} }""", $$"""{"id":true,"arn":true,"ingress":true,"egress":true,"owner_id":true{{unknown}} }""");

    /// <summary>Each group's id and rules, a line a rule.</summary>
    public static string Groups(Estate estate) => string.Join('\n', estate.SecurityGroups.SelectMany(g => (string[])[g.Id.Value, .. g.Rules.Select(r => $"  {r.Key}")]));

    /// <summary>What keeps a group from being wholly known.</summary>
    public static ImmutableArray<string> Doubts(Estate estate, string group) =>
        [.. estate.Gaps.Where(g => g.What == GapKind.Rules && (g.Where == group || g.Where.Length == 0)).Select(g => g.Why)];
}
