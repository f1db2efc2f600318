using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-14: an interface that nothing uses carries groups.</summary>
internal sealed class UnusedInterface : AuditRule
{
    public override string Code => "SP-USE-14";

    public override string Title => "Unused ENI holding a group";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "The interface's status is available, so it is attached to nothing, and it carries a group.",
        Why: "It keeps its groups from being seen as unused, and whoever attaches it gets what they allow.",
        Fix: "Delete the interface.",
        Fires: "group web\ninterface eni-1 web 10.1.0.5 status available",
        Quiet: "group web\ninterface eni-1 web 10.1.0.5");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        UnreadInterfaces.Doubt(this, context, sink);
        foreach (var nic in context.Estate.NetworkInterfaces)
        {
            if (nic.Groups.IsEmpty) continue;
            if (nic.Status == "available") sink.Report(this, FindingResource.Of(nic), $"{nic.Id} is attached to nothing and carries {string.Join(", ", nic.Groups)}.");
            else if (nic.Status.Length == 0) sink.Doubt(this, FindingResource.Of(nic), ["the interface's status was not read"]);
        }
    }
}
