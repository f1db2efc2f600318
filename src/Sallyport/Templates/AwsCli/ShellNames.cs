using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;

namespace Sallyport.Templates.AwsCli;

/// <summary>Shell variables for the ids that nothing resolved: groups and prefix lists known by name only.</summary>
internal sealed class ShellNames
{
    private readonly Dictionary<string, string> _groups = [];
    private readonly Dictionary<string, string> _lists = [];

    public ShellNames(DesiredRules rules)
    {
        var used = new HashSet<string>();
        var variables = ImmutableArray.CreateBuilder<(string Variable, string Prefix, string Name)>();
        var needed = rules.Rules.Select(r => r.Group).Concat(rules.Rules.Select(r => r.Key.Peer).OfType<GroupPeer>().Select(p => p.Group)).ToHashSet();
        foreach (var group in rules.Groups.Where(g => g.Id.Value == g.Name && !WrittenRules.IsId(g.Name) && needed.Contains(g.Id))) Add(_groups, "SG", "sg", group.Name);
        var lists = rules.Rules.Select(r => r.Key.Peer).OfType<PrefixListPeer>().Select(p => p.PrefixList.Value)
            .Where(l => !l.StartsWith("pl-", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
        foreach (var list in lists) Add(_lists, "PL", "pl", list);
        Variables = variables.DrainToImmutable();

        void Add(Dictionary<string, string> into, string kind, string prefix, string name)
        {
            var plain = $"{kind}_{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'))}";
            var variable = plain;
            for (var n = 2; !used.Add(variable); n++) variable = $"{plain}_{n}";
            into[name] = variable;
            variables.Add((variable, prefix, name));
        }
    }

    /// <summary>Every variable with the prefix its value must have and the name it stands for.</summary>
    public ImmutableArray<(string Variable, string Prefix, string Name)> Variables { get; }

    /// <summary>Appends a group's id, or the variable that holds it.</summary>
    public ShellText Append(ShellText text, SecurityGroupId group) => Append(text, group.Value, _groups);

    /// <summary>Appends a prefix list's id, or the variable that holds it.</summary>
    public ShellText Append(ShellText text, PrefixListId list) => Append(text, list.Value, _lists);

    /// <summary>The group's id as a word of its own.</summary>
    public string Word(SecurityGroupId group) => _groups.TryGetValue(group.Value, out var variable) ? $"\"${variable}\"" : ShellText.Quote(group.Value);

    private static ShellText Append(ShellText text, string id, Dictionary<string, string> variables) =>
        variables.TryGetValue(id, out var variable) ? text.Text("\"").Variable(variable).Text("\"") : text.Json(id);
}
