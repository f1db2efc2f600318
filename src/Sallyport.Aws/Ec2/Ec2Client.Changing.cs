using System.Xml;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Aws.Ec2.Wire;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2;

/// <summary>The changes. Each is one call, all or nothing as EC2 makes it; none is repeated while its outcome is unknown.</summary>
public sealed partial class Ec2Client
{
    /// <summary>Creates rules in one call. The answer's rules; empty when the endpoint does not tell them.</summary>
    internal Task<List<SecurityGroupRule>> AuthorizeAsync(SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, Tags tags, bool dryRun, CancellationToken cancellationToken)
    {
        var form = new QueryParameters().Add("GroupId", group.Value).AddPermissions(rules, Scope.Account).AddTagSpecification("security-group-rule", tags);
        var operation = direction == Direction.Ingress ? Operations.AuthorizeSecurityGroupIngress : Operations.AuthorizeSecurityGroupEgress;
        return SendAsync(operation, DryRun(form, dryRun), Read, cancellationToken);

        static List<SecurityGroupRule> Read(ResponseReader xml)
        {
            List<ReadRule> made = [];
            foreach (var name in xml.Children())
            {
                if (name == "securityGroupRuleSet") made = xml.List(() => SecurityGroupRuleXml.Read(xml));
                else if (name == "return") CheckReturn(xml);
            }

            return [.. made.Where(r => r.Rule is not null).Select(r => r.Rule!)];
        }
    }

    /// <summary>Removes rules by id.</summary>
    internal Task<RevokeAnswer> RevokeAsync(SecurityGroupId group, Direction direction, IEnumerable<SecurityGroupRuleId> rules, bool dryRun, CancellationToken cancellationToken)
    {
        var form = new QueryParameters().Add("GroupId", group.Value).AddList("SecurityGroupRuleId", rules.Select(r => r.Value));
        return SendAsync(RevokeOf(direction), DryRun(form, dryRun), xml => RevokeAnswer.Read(xml, direction), cancellationToken);
    }

    /// <summary>Removes rules by their properties.</summary>
    internal Task<RevokeAnswer> RevokeAsync(SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, bool dryRun, CancellationToken cancellationToken)
    {
        var form = new QueryParameters().Add("GroupId", group.Value)
            .AddPermissions(rules.Select(r => r with { Description = string.Empty }), Scope.Account);
        return SendAsync(RevokeOf(direction), DryRun(form, dryRun), xml => RevokeAnswer.Read(xml, direction), cancellationToken);
    }

    /// <summary>Replaces rules whole, by id; ids and tags stay.</summary>
    internal Task ModifyAsync(SecurityGroupId group, IReadOnlyList<SecurityGroupRule> rules, bool dryRun, CancellationToken cancellationToken)
    {
        var form = new QueryParameters().Add("GroupId", group.Value);
        var n = 0;
        foreach (var rule in rules)
        {
            var entry = $"SecurityGroupRule.{++n}.";
            form.Add(entry + "SecurityGroupRuleId", IdOf(rule));
            var prefix = entry + "SecurityGroupRule.";
            PermissionForm.AddService(form, prefix, rule.Service);
            var (field, value) = rule.Peer switch
            {
                CidrPeer { Cidr: { Family: Packets.IpFamily.V4 } block } => ("CidrIpv4", block.ToString()),
                CidrPeer { Cidr: var block } => ("CidrIpv6", block.ToString()),
                PrefixListPeer list => ("PrefixListId", list.PrefixList.Value),
                GroupPeer peer => ("ReferencedGroupId", peer.Group.Value),
                _ => throw new InvalidOperationException("A peer of no known kind."),
            };
            // Sent even when empty: whether EC2 keeps an omitted description is not documented.
            form.Add(prefix + field, value).Add(prefix + "Description", rule.Description);
        }

        return SendAsync(Operations.ModifySecurityGroupRules, DryRun(form, dryRun), ReadReturn, cancellationToken);
    }

    /// <summary>
    /// Changes descriptions of the rules that have these properties; an empty description clears it. Not by id: the property form
    /// is the one every endpoint knows, and names exactly one rule too.
    /// </summary>
    internal Task UpdateDescriptionsAsync(SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, bool dryRun, CancellationToken cancellationToken)
    {
        var form = new QueryParameters().Add("GroupId", group.Value).AddPermissions(rules, Scope.Account);
        var operation = direction == Direction.Ingress ? Operations.UpdateDescriptionsIngress : Operations.UpdateDescriptionsEgress;
        return SendAsync(operation, DryRun(form, dryRun), ReadReturn, cancellationToken);
    }

    /// <summary>Sets tags on resources.</summary>
    internal Task CreateTagsAsync(IEnumerable<string> resources, Tags tags, bool dryRun, CancellationToken cancellationToken) => SendAsync(
        Operations.CreateTags,
        DryRun(new QueryParameters().AddList("ResourceId", resources).AddTags("Tag", tags), dryRun),
        ReadReturn,
        cancellationToken);

    /// <summary>Removes tags by key, whatever their values.</summary>
    internal Task DeleteTagsAsync(IEnumerable<string> resources, IEnumerable<string> keys, bool dryRun, CancellationToken cancellationToken)
    {
        var form = new QueryParameters().AddList("ResourceId", resources);
        var n = 0;
        foreach (var key in keys) form.Add($"Tag.{++n}.Key", key);
        return SendAsync(Operations.DeleteTags, DryRun(form, dryRun), ReadReturn, cancellationToken);
    }

    private static Operation RevokeOf(Direction direction) =>
        direction == Direction.Ingress ? Operations.RevokeSecurityGroupIngress : Operations.RevokeSecurityGroupEgress;

    private static QueryParameters DryRun(QueryParameters form, bool dryRun) => dryRun ? form.Add("DryRun", "true") : form;

    private static string IdOf(SecurityGroupRule rule) => rule.Id?.Value ?? throw new ArgumentException("The rule has no id.", nameof(rule));

    private static bool ReadReturn(ResponseReader xml)
    {
        foreach (var name in xml.Children())
        {
            if (name == "return") CheckReturn(xml);
        }

        return true;
    }

    // EC2 does not document a false return beside HTTP 200: it is not success, and what was done is unknown.
    private static void CheckReturn(ResponseReader xml)
    {
        if (!xml.Bool()) throw new XmlException("The answer's return value is false.");
    }
}
