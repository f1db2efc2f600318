using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-11: a service's interface carries the default group alone.</summary>
internal sealed class ServiceOnDefaultGroup : AuditRule
{
    public override string Code => "SP-USE-11";

    public override string Title => "Resource has no explicit group";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.DefaultGroup;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "An interface that an AWS service made (a database, a cache, an endpoint …) carries the VPC's default group and no other.",
        Why: "Nobody named a group when the resource was made, so it shares one with everything else nobody thought about.",
        Fix: "Give the resource a group of its own.",
        Fires: "group default\ninterface eni-1 default 10.1.0.5 requester amazon-rds",
        Quiet: "group default\ngroup db\ninterface eni-1 db 10.1.0.5 requester amazon-rds\ninterface eni-2 default 10.1.0.6");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        UnreadInterfaces.Doubt(this, context, sink);
        foreach (var (nic, owner) in context.Strategy.Services.Made)
        {
            if (nic.Groups.IsEmpty) continue;
            var groups = nic.Groups.Select(id => context.Estate.Index.Groups.GetValueOrDefault(id)).ToList();
            if (groups.Exists(g => g is { IsDefault: false })) continue;
            if (groups.TrueForAll(g => g is not null)) sink.Report(this, FindingResource.Of(nic), $"{nic.Id} of {owner.Name} carries only the default group {nic.Groups[0]}.");
            else sink.Doubt(this, FindingResource.Of(nic), [$"group {nic.Groups.First(id => !context.Estate.Index.Groups.ContainsKey(id))} is not in the estate"]);
        }
    }
}
