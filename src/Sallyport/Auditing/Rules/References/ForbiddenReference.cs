using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.References;

/// <summary>SP-REF-03: a rule names a group that policy says nobody may name.</summary>
internal sealed class ForbiddenReference : AuditRule
{
    public override string Code => "SP-REF-03";

    public override string Title => "Reference to a tagged or public group";

    public override RuleFamily Family => RuleFamily.Reference;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters =>
        [AuditParameters.ForbiddenReferenceNames, AuditParameters.ForbiddenReferenceTags, AuditParameters.ForbiddenReferenceVpcs];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Configuration];

    public override RuleGuide Guide => new(
        What: "A rule names another group that has a tag of reference.forbidden.tags, whose name or description matches reference.forbidden.names, or that lies in a VPC of reference.forbidden.vpcs other than the rule's own. Not assessed until one of the three is set.",
        Why: "Groups of a public tier, a sandbox or a shared VPC are easy to get into; naming one gives all its members access.",
        Fix: "Name a group that is allowed, or addresses.",
        Fires: "set reference.forbidden.tags tier=public\ngroup db\n  ingress tcp/5432 from web\ngroup web tag tier=public",
        Quiet: "set reference.forbidden.tags tier=public\ngroup db\n  ingress tcp/5432 from web\ngroup web tag tier=web");

    internal override string? WhyNotAssessed(AuditContext context) =>
        context.Parameters.Get(AuditParameters.ForbiddenReferenceTags).IsEmpty && context.Parameters.Get(AuditParameters.ForbiddenReferenceVpcs).IsEmpty
        && ReferenceEquals(context.Parameters.Get(AuditParameters.ForbiddenReferenceNames), AuditParameters.ForbiddenReferenceNames.Default)
            ? "needs reference.forbidden.tags, reference.forbidden.names or reference.forbidden.vpcs"
            : null;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? offending = null;
        List<string>? reasons = null;
        List<string>? gaps = null;
        foreach (var rule in group.Group.Rules)
        {
            if (rule.Peer is not GroupPeer peer || peer.Group == group.Group.Id) continue;
            if (!group.Context.Estate.Index.Groups.TryGetValue(peer.Group, out var far))
            {
                (gaps ??= []).Add($"group {peer.Group} was not read");
            }
            else if (Reason(group, far) is { } reason)
            {
                (offending ??= []).Add(rule);
                (reasons ??= []).Add($"{far.Id} {reason}");
            }
            else if (Doubt(group, far) is { } doubt)
            {
                (gaps ??= []).Add(doubt);
            }
        }

        if (offending is not null) sink.Report(this, group, $"Rules name groups that no other group may name: {string.Join("; ", reasons!.Distinct())}.", offending);
        else if (gaps is not null) sink.Doubt(this, group, gaps);
    }

    private static string? Reason(GroupFacts group, SecurityGroup far)
    {
        var parameters = group.Context.Parameters;
        foreach (var tag in parameters.Get(AuditParameters.ForbiddenReferenceTags))
        {
            var parts = tag.Split('=', 2);
            if (far.Tags[parts[0]] is { } value && far.Tags.DoubtOf(parts[0]) is null && (parts.Length == 1 || value == parts[1])) return $"has the tag {tag}";
        }

        if (far.Vpc is { } vpc && vpc != group.Group.Vpc && parameters.Get(AuditParameters.ForbiddenReferenceVpcs).Contains(vpc.Value)) return $"lies in {vpc}";
        var pattern = parameters.Get(AuditParameters.ForbiddenReferenceNames);
        if (far.UnknownName is null && pattern.IsMatch(far.Name)) return $"is named \"{far.Name}\"";
        return far.UnknownDescription is null && pattern.IsMatch(far.Description) ? $"is described as \"{far.Description}\"" : null;
    }

    private static string? Doubt(GroupFacts group, SecurityGroup far)
    {
        var parameters = group.Context.Parameters;
        foreach (var tag in parameters.Get(AuditParameters.ForbiddenReferenceTags))
        {
            if (far.Tags.DoubtOf(tag.Split('=', 2)[0]) is { } doubt) return $"of group {far.Id} {doubt}";
        }

        if (ReferenceEquals(parameters.Get(AuditParameters.ForbiddenReferenceNames), AuditParameters.ForbiddenReferenceNames.Default)) return null;
        if (far.UnknownName is { } name) return $"the name of group {far.Id} is not known: {name}";
        return far.UnknownDescription is { } description ? $"the description of group {far.Id} is not known: {description}" : null;
    }
}
