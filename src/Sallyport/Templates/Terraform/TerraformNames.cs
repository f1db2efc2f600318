using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sallyport.Estates;

namespace Sallyport.Templates.Terraform;

/// <summary>
/// How code names groups and prefix lists: an id as a literal, what the same module declares by reference, everything else by a variable
/// (groups) or a data source (prefix lists).
/// </summary>
internal sealed class TerraformNames
{
    private static readonly Regex Reference = new(
        """\A(?:data\.)?(?:aws_security_group|aws_default_security_group|aws_ec2_managed_prefix_list)\.[A-Za-z_][A-Za-z0-9_-]*(?:\[(?:[0-9]+|"[A-Za-z0-9_./ -]*")\])?\z""",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Variable = new(@"\Avar\.[A-Za-z_][A-Za-z0-9_-]*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private readonly WrittenRules _rules;
    private readonly string? _unit;
    private readonly SortedSet<string> _variables = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _lists = new(StringComparer.Ordinal);

    public TerraformNames(WrittenRules rules)
    {
        _rules = rules;
        var units = rules.All.SelectMany(GroupsOf).Where(rules.IsSymbolic).Select(g => UnitOf(g.Value)).Distinct().ToList();
        _unit = units.Count == 1 ? units[0] : null;
        foreach (var rule in rules.All)
        {
            Of(rule.Rule.Group, null);
            if (rule.Key.Peer is GroupPeer { Group: var group }) Of(group, null);
            if (rule.Key.Peer is PrefixListPeer { PrefixList: var list }) Of(list);
        }
    }

    /// <summary>Groups whose ids the caller must give, by what people call them.</summary>
    public ImmutableArray<string> Variables => [.. _variables];

    /// <summary>Prefix lists that are looked up by name.</summary>
    public ImmutableArray<string> Lists => [.. _lists];

    /// <summary>A group's id; with <paramref name="account"/> as the provider names a group of another account.</summary>
    public string Of(SecurityGroupId id, string? account)
    {
        if (!_rules.IsSymbolic(id)) return TerraformLines.Quote(account is null ? id.Value : $"{account}/{id}");
        var expression = Expression(id.Value);
        if (expression is null)
        {
            var label = _rules.LabelOf(id);
            _variables.Add(label);
            expression = $"var.security_group_ids[{TerraformLines.Quote(label)}]";
        }

        return account is null ? expression : $"\"{string.Concat(account.Where(char.IsAsciiLetterOrDigit))}/${{{expression}}}\"";
    }

    /// <summary>A prefix list's id.</summary>
    public string Of(PrefixListId id)
    {
        if (id.Value.StartsWith("pl-", StringComparison.Ordinal)) return TerraformLines.Quote(id.Value);
        if (Expression(id.Value) is { } expression) return expression;
        _lists.Add(id.Value);
        return $"data.aws_ec2_managed_prefix_list.connections[{TerraformLines.Quote(id.Value)}].id";
    }

    private string? Expression(string symbol)
    {
        if (!_rules.IsResolved || _unit is null || UnitOf(symbol) != _unit) return null;
        var address = _unit.Length == 0 ? symbol : symbol[(_unit.Length + 1)..];
        return Variable.IsMatch(address) ? address : Reference.IsMatch(address) ? $"{address}.id" : null;
    }

    private static IEnumerable<SecurityGroupId> GroupsOf(WrittenRule rule)
    {
        yield return rule.Rule.Group;
        if (rule.Key.Peer is GroupPeer { Group: var group }) yield return group;
    }

    /// <summary>Which of several units of code declares it; only ids of that one can be named by reference.</summary>
    private static string UnitOf(string symbol)
    {
        var end = symbol.IndexOf('#', StringComparison.Ordinal);
        return end < 0 ? string.Empty : symbol[..end];
    }
}
