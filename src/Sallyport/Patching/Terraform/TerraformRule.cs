using System.Text;
using Sallyport.Estates;

namespace Sallyport.Patching.Terraform;

/// <summary>One rule as Terraform, formatted as <c>terraform fmt</c> would.</summary>
internal static class TerraformRule
{
    private const int MostNameCharacters = 80;

    /// <summary><c>ingress</c> or <c>egress</c>.</summary>
    public static string Word(Direction direction) => direction == Direction.Ingress ? "ingress" : "egress";

    /// <summary>A name for a rule resource that says what it is: <c>web_ingress_tcp_22_10_0_0_0_8</c>.</summary>
    public static string NameOf(string group, RuleKey rule)
    {
        var text = new StringBuilder();
        foreach (var c in $"{group}_{Word(rule.Direction)}_{rule.Service}_{(rule.Peer is GroupPeer { Group: var id } ? id.Value[(id.Value.LastIndexOf('.') + 1)..] : rule.Peer)}")
        {
            var kept = char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_';
            if (kept != '_' || (text.Length > 0 && text[^1] != '_')) text.Append(kept);
        }

        if (text.Length > MostNameCharacters) text.Length = MostNameCharacters;
        return text.ToString().TrimEnd('_');
    }

    /// <summary>A block inside the group, without indentation of its own.</summary>
    public static string Inline(CodeChange change, TerraformPeerExpression peer)
    {
        var service = change.Rule.Service;
        var hasPorts = service.Protocol.HasPorts || service.Protocol.HasTypes;
        return Block(Word(change.Rule.Direction),
        [
            ("description", change.Description.Length == 0 ? null : Quote(change.Description)),
            ("from_port", hasPorts ? $"{service.From}" : "0"),
            ("to_port", hasPorts ? $"{service.To}" : "0"),
            ("protocol", Quote(service.Protocol.WireName)),
            (peer.Inline, peer.Inline == "self" ? "true" : $"[{peer.Text}]"),
        ]);
    }

    /// <summary>A resource of its own, one far end.</summary>
    public static string Resource(string name, CodeChange change, TerraformPeerExpression peer)
    {
        var service = change.Rule.Service;
        var hasPorts = service.Protocol.HasPorts || service.Protocol.HasTypes;
        return Block($"resource \"aws_vpc_security_group_{Word(change.Rule.Direction)}_rule\" \"{name}\"",
        [
            ("security_group_id", TerraformPeer.Of(change.Group)),
            ("description", change.Description.Length == 0 ? null : Quote(change.Description)),
            ("ip_protocol", Quote(service.Protocol.WireName)),
            ("from_port", hasPorts ? $"{service.From}" : null),
            ("to_port", hasPorts ? $"{service.To}" : null),
            (peer.Standalone, peer.Text),
        ]) + "\n";
    }

    /// <summary>A resource of the older kind, for code that has no other.</summary>
    public static string OldResource(string name, CodeChange change, TerraformPeerExpression peer)
    {
        var service = change.Rule.Service;
        var hasPorts = service.Protocol.HasPorts || service.Protocol.HasTypes;
        return Block($"resource \"aws_security_group_rule\" \"{name}\"",
        [
            ("security_group_id", TerraformPeer.Of(change.Group)),
            ("type", Quote(Word(change.Rule.Direction))),
            ("description", change.Description.Length == 0 ? null : Quote(change.Description)),
            ("protocol", Quote(service.Protocol.WireName)),
            ("from_port", hasPorts ? $"{service.From}" : "0"),
            ("to_port", hasPorts ? $"{service.To}" : "0"),
            peer.Inline switch
            {
                "self" => ("self", "true"),
                "security_groups" => ("source_security_group_id", peer.Text),
                _ => (peer.Inline, $"[{peer.Text}]"),
            },
        ]) + "\n";
    }

    /// <summary>Text in quotes; what would start an interpolation is doubled.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\\') result.Append('\\').Append(c);
            else if (c == '\n') result.Append("\\n");
            else if (c == '\r') result.Append("\\r");
            else if (c == '\t') result.Append("\\t");
            else if (char.IsControl(c)) result.Append($"\\u{(int)c:x4}");
            else if (c is '$' or '%' && i + 1 < text.Length && text[i + 1] == '{') result.Append(c).Append(c);
            else result.Append(c);
        }

        return result.Append('"').ToString();
    }

    private static string Block(string head, IEnumerable<(string Name, string? Value)> arguments)
    {
        var given = arguments.Where(a => a.Value is not null).ToList();
        var width = given.Max(a => a.Name.Length);
        var text = new StringBuilder($"{head} {{\n");
        foreach (var (name, value) in given) text.Append($"  {name.PadRight(width)} = {value}\n");
        return text.Append('}').ToString();
    }
}
