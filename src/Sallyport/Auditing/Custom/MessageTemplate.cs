using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sallyport.Estates;

namespace Sallyport.Auditing.Custom;

/// <summary>A message with placeholders of a closed list. What it puts in is untrusted text, as in every message.</summary>
internal sealed class MessageTemplate
{
    private const int MostNamed = 5;

    private readonly ImmutableArray<(string Text, string? Placeholder)> _parts;

    private MessageTemplate(ImmutableArray<(string, string?)> parts) => _parts = parts;

    /// <summary>Every placeholder there is.</summary>
    public static ImmutableArray<string> Placeholders { get; } =
        ["group", "group.id", "group.name", "account", "region", "vpc", "rules", "services", "peers", "directions", "count"];

    /// <summary>Reads <c>{name}</c>s; <paramref name="unknown"/> is the first that stands for nothing, and then there is no template.</summary>
    public static MessageTemplate? Parse(string text, out string? unknown)
    {
        unknown = null;
        var parts = ImmutableArray.CreateBuilder<(string, string?)>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add((text[at..], null));
                break;
            }

            var close = text.IndexOf('}', open);
            var name = close < 0 ? text[(open + 1)..] : text[(open + 1)..close];
            if (close < 0 || !Placeholders.Contains(name))
            {
                unknown = name;
                return null;
            }

            parts.Add((text[at..open], name));
            at = close + 1;
        }

        return new MessageTemplate(parts.ToImmutable());
    }

    /// <summary>The message for a group and the rules of it that matched; ends with a full stop.</summary>
    public string Fill(SecurityGroup group, IReadOnlyList<SecurityGroupRule> atoms)
    {
        var text = new StringBuilder();
        foreach (var (before, placeholder) in _parts)
        {
            text.Append(before);
            if (placeholder is not null) text.Append(ValueOf(placeholder, group, atoms));
        }

        var message = text.ToString().TrimEnd();
        return message.Length > 0 && message[^1] is '.' or '!' or '?' ? message : message + ".";
    }

    private static string ValueOf(string placeholder, SecurityGroup group, IReadOnlyList<SecurityGroupRule> atoms) => placeholder switch
    {
        "group" => group.Name.Length > 0 ? $"{group.Id} ({group.Name})" : group.Id.Value,
        "group.id" => group.Id.Value,
        "group.name" => group.Name,
        "account" => group.Scope.Account,
        "region" => group.Scope.Region,
        "vpc" => group.Vpc?.Value ?? string.Empty,
        "rules" => Named(atoms.Select(a => a.Key.ToString())),
        "services" => Named(atoms.Select(a => a.Service.ToString())),
        "peers" => Named(atoms.Select(a => a.Peer.ToString()!)),
        "directions" => Named(atoms.Select(a => a.Direction == Direction.Ingress ? "ingress" : "egress")),
        "count" => atoms.Count.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(placeholder)),
    };

    private static string Named(IEnumerable<string> values)
    {
        var distinct = values.Distinct().ToList();
        var more = distinct.Count > MostNamed ? $" and {distinct.Count - MostNamed} more" : string.Empty;
        return string.Join(", ", distinct.Take(MostNamed)) + more;
    }
}
