using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;

namespace Sallyport.Patching.Terraform;

/// <summary>The far end of a rule, and the group itself, as an expression of the module that declares the group.</summary>
internal sealed class TerraformPeer(CodeChange change, Estate declared, string path)
{
    /// <summary>The expression; null when the module has none for it.</summary>
    public TerraformPeerExpression? Expression => change.Rule.Peer switch
    {
        CidrPeer { Cidr.Family: IpFamily.V4 } cidr => new("cidr_blocks", "cidr_ipv4", TerraformRule.Quote(cidr.ToString())),
        CidrPeer cidr => new("ipv6_cidr_blocks", "cidr_ipv6", TerraformRule.Quote(cidr.ToString())),
        GroupPeer peer when peer.Group == change.Group.Id => new("self", "referenced_security_group_id", Of(change.Group)),
        GroupPeer peer => GroupOf(peer.Group) is { } text ? new("security_groups", "referenced_security_group_id", text) : null,
        PrefixListPeer list => ListOf(list.PrefixList.Value) is { } text ? new("prefix_list_ids", "prefix_list_id", text) : null,
        _ => null,
    };

    /// <summary>The id of a group of this module.</summary>
    public static string Of(SecurityGroup group) => $"{group.Code!.Address}.id";

    private string? GroupOf(SecurityGroupId id)
    {
        if (Planner.IsWellFormed(id)) return TerraformRule.Quote(id.Value);
        if (declared.Index.Groups.TryGetValue(id, out var group) && group.At is not null) return IsHere(group) ? Of(group) : null;
        return Reference(id.Value, "data.aws_security_group.");
    }

    private static string? ListOf(string id) => id.StartsWith("pl-", StringComparison.Ordinal) ? TerraformRule.Quote(id)
        : Reference(id, "data.aws_prefix_list.") ?? Reference(id, "data.aws_ec2_managed_prefix_list.") ?? Reference(id, "aws_ec2_managed_prefix_list.");

    private bool IsHere(SecurityGroup group) =>
        group.Code is { Language: CodeLanguage.Terraform } code && !code.Address.StartsWith("module.", StringComparison.Ordinal) && Path.GetDirectoryName(group.At!.File) == Path.GetDirectoryName(path);

    // Symbolic ids of code are its own words: var.x, data.aws_security_group.x.
    private static string? Reference(string id, string data)
    {
        var name = id[(id.LastIndexOf('#') + 1)..];
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')) return null;
        if (name.StartsWith("var.", StringComparison.Ordinal) || name.StartsWith("local.", StringComparison.Ordinal)) return name;
        return name.StartsWith(data, StringComparison.Ordinal) ? $"{name}.id" : null;
    }
}
