using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Sprawl;

/// <summary>SP-SPR-01: most groups serve a single instance.</summary>
internal sealed class GroupPerInstance : AuditRule
{
    public override string Code => "SP-SPR-01";

    public override string Title => "Group per instance";

    public override RuleFamily Family => RuleFamily.Sprawl;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.SingleInstanceShare, AuditParameters.SingleInstanceCount];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "In one account and Region more than spi.count groups are carried by exactly one instance each, and they are more than spi.max of all groups other than default ones.",
        Why: "A group per instance is what the launch wizard suggests: nobody can audit as many groups as there are servers.",
        Fix: "Make groups by application, service or operating system, and let instances share them.",
        Fires: "set spi.count 1\ngroup a\ngroup b\ngroup c\ninterface eni-1 a 10.1.0.5 instance i-1\ninterface eni-2 b 10.1.0.6 instance i-2",
        Quiet: "set spi.count 1\ngroup a\ngroup b\ngroup c\ninterface eni-1 a 10.1.0.5 instance i-1\ninterface eni-2 a 10.1.0.6 instance i-2\ninterface eni-3 b 10.1.0.7 instance i-3");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var (share, least) = (context.Parameters.Get(AuditParameters.SingleInstanceShare), context.Parameters.Get(AuditParameters.SingleInstanceCount));
        foreach (var scope in context.Estate.SecurityGroups.Where(g => !g.IsDefault).GroupBy(g => g.Scope))
        {
            var all = scope.ToList();
            if (all.Count <= least) continue;
            if (context.Facts.IsMissing(GapKind.NetworkInterfaces, scope.Key))
            {
                sink.Doubt(this, FindingResource.Of(scope.Key), [$"{scope.Key.Describe("interfaces")} were not read"]);
                continue;
            }

            var single = all.Where(g => IsForOneInstance(context, g)).ToList();
            if (single.Count <= least || single.Count <= share * all.Count) continue;
            sink.Report(
                this, FindingResource.Of(scope.Key),
                $"{single.Count} of {all.Count} {scope.Key.Describe("groups")} are carried by one instance each: {string.Join(", ", single.Take(5).Select(g => g.Id))}{(single.Count > 5 ? " and more" : string.Empty)}.");
        }
    }

    private static bool IsForOneInstance(AuditContext context, SecurityGroup group)
    {
        string? only = null;
        foreach (var nic in context.Estate.Index.MembersOf(group.Id))
        {
            if (nic.Instance is not { } instance || (only is not null && only != instance)) return false;
            only = instance;
        }

        return only is not null;
    }
}
