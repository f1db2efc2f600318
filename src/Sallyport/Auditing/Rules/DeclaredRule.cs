using System.Collections.Immutable;
using Sallyport.Auditing.Declared;

namespace Sallyport.Auditing.Rules;

/// <summary>A rule that holds the estate against a connections file: not assessed without one, nor with one that does not fit.</summary>
internal abstract class DeclaredRule : AuditRule
{
    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Connections];

    /// <summary>What keeps the rule from being judged, as a clause; null when nothing does.</summary>
    protected virtual string? WhyNot(DeclaredState declared) => declared.WhyNotCompiled;

    internal sealed override string? WhyNotAssessed(AuditContext context) => base.WhyNotAssessed(context) ?? WhyNot(context.Declared);

    /// <summary>A group as the subject of a finding; its account and Region when the estate does not hold it.</summary>
    protected static FindingResource ResourceOf(AuditContext context, Estates.SecurityGroupId? group)
    {
        if (group is { } id && context.Estate.Index.Groups.TryGetValue(id, out var found)) return FindingResource.Of(found);
        return FindingResource.Of(context.Estate.Scopes.IsEmpty ? new Estates.Scope(string.Empty, string.Empty) : context.Estate.Scopes[0]);
    }
}
