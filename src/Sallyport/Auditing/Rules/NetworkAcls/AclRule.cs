using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>What rules about single network ACLs share: each ACL is judged by itself, and what was not read is told once.</summary>
internal abstract class AclRule : AuditRule
{
    public override RuleFamily Family => RuleFamily.NetworkAcl;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.NetworkAcls];

    /// <summary>True when the rule looks at entries, which may be missing or too many to judge.</summary>
    protected virtual bool ReadsEntries => true;

    protected abstract void Check(AuditContext context, NetworkAcl acl, AuditSink sink);

    internal sealed override void CheckEstate(AuditContext context, AuditSink sink)
    {
        context.DoubtMissing(this, GapKind.NetworkAcls, "network ACLs", sink);
        var incomplete = ReadsEntries ? context.Estate.Gaps.Where(g => g.What == GapKind.NetworkAcls).Select(g => g.Where).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var acl in context.Estate.NetworkAcls)
        {
            if (incomplete.Contains(acl.Id)) sink.Doubt(this, FindingResource.Of(acl), ["some of its entries were not read"]);
            else if (ReadsEntries && context.Acls.Of(acl) is null) sink.Doubt(this, FindingResource.Of(acl), ["it has more entries than EC2 takes"]);
            else Check(context, acl, sink);
        }
    }
}
