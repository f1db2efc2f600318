using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.Sprawl;

/// <summary>SP-SPR-03: a group serves everything, or an interface carries very many groups.</summary>
internal sealed class GodGroup : AuditRule
{
    public override string Code => "SP-SPR-03";

    public override string Title => "God group";

    public override RuleFamily Family => RuleFamily.Sprawl;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.GodInterfaces, AuditParameters.GodApps, AuditParameters.GodGroups, AuditParameters.AppTag];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "More than god.max interfaces of more than god.apps applications (app.tag of the interface or its instance) carry the group; or an interface carries more than god.groups groups.",
        Why: "What one application needs is open to all the others, and nobody can take it away again.",
        Fix: "Split the group by application; give the interface the few groups it needs.",
        Fires: "set god.groups 2\ngroup a\ngroup b\ngroup c\ninterface eni-1 a,b,c 10.1.0.5",
        Quiet: "set god.groups 2\ngroup a\ngroup b\ninterface eni-1 a,b 10.1.0.5");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        UnreadInterfaces.Doubt(this, context, sink);
        var most = context.Parameters.Get(AuditParameters.GodGroups);
        foreach (var nic in context.Estate.NetworkInterfaces)
        {
            if (nic.Groups.Length > most) sink.Report(this, FindingResource.Of(nic), $"{nic.Id} carries {nic.Groups.Length} groups, more than {most}.");
        }
    }

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var (interfaces, most) = (group.Context.Parameters.Get(AuditParameters.GodInterfaces), group.Context.Parameters.Get(AuditParameters.GodApps));
        if (group.Members.Count <= interfaces) return;
        var key = group.Context.Parameters.Get(AuditParameters.AppTag);
        var apps = group.Members.Select(n => group.Context.Strategy.TagOf(n, key)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (apps > most) sink.Report(this, group, $"{group.Members.Count} interfaces of {apps} applications carry the group.", [], basis: FindingBasis.Snapshot);
    }
}
