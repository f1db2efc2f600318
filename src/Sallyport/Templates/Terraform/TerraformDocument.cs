using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Templates.Terraform;

/// <summary>One file of HCL: what it needs from outside, a map of rules for each direction, the resources over them, and imports.</summary>
/// <param name="rules">All rules of the file: they settle what is asked for from outside.</param>
internal sealed class TerraformDocument(WrittenRules rules)
{
    /// <summary>The text so far.</summary>
    public TerraformLines Text { get; } = new();

    /// <summary>How the file names groups and prefix lists.</summary>
    public TerraformNames Names { get; } = new(rules);

    /// <summary>The first lines of the file.</summary>
    public void WriteHead(params IEnumerable<string> lines)
    {
        foreach (var line in lines) Text.Comment(line);
        var places = rules.Places;
        if (places.Length < 2) return;
        Text.Comment("It needs a configuration of the AWS provider for each place, by these names:");
        foreach (var (scope, _) in places) Text.Comment($"  {ProviderOf(scope)} for {scope}");
    }

    /// <summary>The variable and the data source for what the file does not know.</summary>
    public void WriteNeeds()
    {
        if (!Names.Variables.IsEmpty)
        {
            var names = string.Join(", ", Names.Variables.Select(TerraformLines.Quote));
            Text.Gap().Open("variable \"security_group_ids\"")
                .Attributes(("description", "\"Ids of the security groups that the connections name, by those names.\""), ("type", "map(string)"))
                .Gap().Open("validation")
                .Attributes(("condition", $"length(setsubtract([{names}], keys(var.security_group_ids))) == 0"), ("error_message", "\"A security group that the connections name has no id.\""))
                .Close().Close();
        }

        if (!Names.Lists.IsEmpty)
        {
            Text.Gap().Open("data \"aws_ec2_managed_prefix_list\" \"connections\"")
                .Attributes(("for_each", $"toset([{string.Join(", ", Names.Lists.Select(TerraformLines.Quote))}])"), ("name", "each.key"))
                .Close();
        }
    }

    /// <summary>Rules as resources of their own, with an import for each that exists.</summary>
    public void WriteRules(IEnumerable<WrittenRule> written)
    {
        var chosen = written.ToHashSet();
        var places = rules.Places;
        foreach (var (scope, all) in places)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                ImmutableArray<WrittenRule> side = [.. all.Where(r => r.Key.Direction == direction && chosen.Contains(r))];
                if (side.IsEmpty) continue;
                var suffix = places.Length < 2 ? string.Empty : "_" + PlaceOf(scope);
                WriteMap($"connections_{(direction == Direction.Ingress ? "ingress" : "egress")}{suffix}", side);
                WriteResource(direction, suffix, places.Length < 2 ? null : ProviderOf(scope), side);
                foreach (var rule in side.Where(r => r.Existing is not null)) WriteImport($"{TypeOf(direction)}.connections{suffix}[{TerraformLines.Quote(rule.Name)}]", rule.Existing!.Value);
            }
        }
    }

    /// <summary>Says that a rule of AWS is the one at an address, so that it is neither made again nor replaced.</summary>
    public void WriteImport(string address, SecurityGroupRuleId id) =>
        Text.Gap().Open("import").Attributes(("to", address), ("id", TerraformLines.Quote(id.Value))).Close();

    /// <summary>Resource type of a direction.</summary>
    public static string TypeOf(Direction direction) => direction == Direction.Ingress ? "aws_vpc_security_group_ingress_rule" : "aws_vpc_security_group_egress_rule";

    /// <summary>The reference to the provider of a place.</summary>
    public static string ProviderOf(Scope scope) => $"aws.{PlaceOf(scope)}";

    /// <summary>A place as part of a name.</summary>
    public static string PlaceOf(Scope scope)
    {
        var place = string.Join('_', new[] { scope.Account, scope.Region }.Where(p => p.Length > 0));
        return place.Length == 0 ? "elsewhere" : (char.IsAsciiDigit(place[0]) ? "account_" : string.Empty) + string.Concat(place.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
    }

    private void WriteMap(string name, ImmutableArray<WrittenRule> side)
    {
        Text.Gap().Open("locals").Open($"{name} =");
        foreach (var rule in side)
        {
            Text.Open($"{TerraformLines.Quote(rule.Name)} =").Attributes([.. ValuesOf(rule)]).Close();
        }

        Text.Close().Close();
    }

    private IEnumerable<(string Name, string Value)> ValuesOf(WrittenRule rule)
    {
        yield return ("security_group_id", Names.Of(rule.Rule.Group, null));
        yield return rule.Key.Peer switch
        {
            GroupPeer { Group: var group } => ("referenced_security_group_id", Names.Of(group, rule.PeerAccount)),
            PrefixListPeer { PrefixList: var list } => ("prefix_list_id", Names.Of(list)),
            CidrPeer { Cidr: var cidr } => (cidr.Family == IpFamily.V4 ? "cidr_ipv4" : "cidr_ipv6", TerraformLines.Quote(cidr.ToString())),
            var other => throw new InvalidOperationException($"No code for {other}."),
        };
        var service = rule.Key.Service;
        yield return ("ip_protocol", TerraformLines.Quote(service.Protocol.WireName));
        if (service.Protocol.HasPorts || service.Protocol.HasTypes)
        {
            yield return ("from_port", service.From.ToString(CultureInfo.InvariantCulture));
            yield return ("to_port", service.To.ToString(CultureInfo.InvariantCulture));
        }

        if (rule.Rule.Description.Length > 0) yield return ("description", TerraformLines.Quote(rule.Rule.Description));
        if (rule.Owners.Length > 0) yield return ("connections", TerraformLines.Quote(rule.Owners));
    }

    private void WriteResource(Direction direction, string suffix, string? provider, ImmutableArray<WrittenRule> side)
    {
        var counts = side.SelectMany(ValuesOf).GroupBy(v => v.Name).ToDictionary(g => g.Key, g => g.Count());
        var head = new List<(string, string)> { ("for_each", $"local.connections_{(direction == Direction.Ingress ? "ingress" : "egress")}{suffix}") };
        if (provider is not null) head.Add(("provider", provider));
        Text.Gap().Open($"resource \"{TypeOf(direction)}\" \"connections{suffix}\"").Attributes(head)
            .Gap().Attributes([.. Given("security_group_id", "referenced_security_group_id", "cidr_ipv4", "cidr_ipv6", "prefix_list_id")])
            .Gap().Attributes([.. Given("ip_protocol", "from_port", "to_port", "description")]);
        switch (counts.GetValueOrDefault("connections"))
        {
            case 0: break;
            case var all when all == side.Length:
                Text.Gap().Open("tags =").Attributes(($"\"{OwnershipTag.Key}\"", "each.value.connections")).Close();
                break;
            default:
                Text.Gap().Attributes(("tags", $"try({{ \"{OwnershipTag.Key}\" = each.value.connections }}, null)"));
                break;
        }

        Text.Close();

        IEnumerable<(string, string)> Given(params IEnumerable<string> names) => names.Where(counts.ContainsKey)
            .Select(n => (n, counts[n] == side.Length ? $"each.value.{n}" : $"try(each.value.{n}, null)"));
    }
}
