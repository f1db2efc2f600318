using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-04: an account has very many groups in a Region.</summary>
internal sealed class TooManyGroups : AuditRule
{
    public override string Code => "SP-USE-04";

    public override string Title => "Too many groups";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.GroupsWarning, AuditParameters.GroupsMost, AuditParameters.GroupQuota];

    public override RuleGuide Guide => new(
        What: "One account has more than groups.max groups in one Region; low when only more than groups.warn.",
        Why: "Nobody oversees hundreds of groups: they overlap, go stale and are attached by guess.",
        Fix: "Merge what is alike and delete what is unused; see SP-USE-01, SP-USE-02 and SP-SPR-02.",
        Fires: "set groups.max 2\ngroup a\ngroup b\ngroup c",
        Quiet: "set groups.max 2\nset groups.warn 2\ngroup a\ngroup b");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var (warn, most, quota) = (context.Parameters.Get(AuditParameters.GroupsWarning), context.Parameters.Get(AuditParameters.GroupsMost), context.Parameters.Get(AuditParameters.GroupQuota));
        var counts = context.Estate.SecurityGroups.CountBy(g => g.Scope).ToDictionary();
        foreach (var scope in context.Estate.Scopes)
        {
            var count = counts.GetValueOrDefault(scope);
            if (count > warn || count > most)
            {
                sink.Report(
                    this, FindingResource.Of(scope), $"{(scope.IsUnknown ? "The source" : scope)} has {count} security groups, more than {(count > most ? most : warn)}; EC2 permits {quota}.",
                    count > most ? null : FindingSeverity.Low);
            }
            else if (context.Facts.IsMissing(GapKind.SecurityGroups, scope))
            {
                sink.Doubt(this, FindingResource.Of(scope), [$"not all {scope.Describe("groups")} were read"]);
            }
        }
    }
}
