using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-13: a group of EKS or EMR is open to the world.</summary>
internal sealed class OpenClusterGroup : AuditRule
{
    private const string EmrTag = "for-use-with-amazon-emr-managed-policies";

    private static readonly ServiceSet Ssh = ServiceSet.Of(Service.Tcp(22));

    public override string Code => "SP-USE-13";

    public override string Title => "EKS node remote access w/o source group; EMR group open";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.EksRemoteNames, AuditParameters.EmrNames];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "The group's name matches eks.remote.names and its ingress admits the world to SSH, as EKS makes it when no source group is given; or it matches emr.names, or has the tag for-use-with-amazon-emr-managed-policies, and its ingress admits the world to anything.",
        Why: "Nodes of a cluster run everybody's work: who gets into one gets into all.",
        Fix: "Give the node group source groups for remote access; let EMR block public access.",
        Fires: "group eks-remoteAccess-1a2b\n  ingress tcp/22 from 0.0.0.0/0\n  ingress tcp/22 from ::/0",
        Quiet: "group eks-remoteAccess-1a2b\n  ingress tcp/22 from bastion\ngroup bastion\n  ingress tcp/22 from 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var parameters = group.Context.Parameters;
        var name = group.NameDoubt is null ? group.Group.Name : string.Empty;
        var isEks = parameters.Get(AuditParameters.EksRemoteNames).IsMatch(name);
        var isEmr = parameters.Get(AuditParameters.EmrNames).IsMatch(name) || group.Group.Tags[EmrTag] is not null;
        if (!isEmr && new[] { group.NameDoubt, group.Group.Tags.DoubtOf(EmrTag) }.OfType<string>().ToList() is { Count: > 0 } doubts && !(isEks && group.Ingress.WorldServices.Overlaps(Ssh)))
        {
            if (!group.Ingress.WorldServices.IsEmpty || group.Ingress.GapsFor(ServiceSet.Any).Count > 0) sink.Doubt(this, group, doubts);
            return;
        }

        if (!isEks && !isEmr) return;
        var forbidden = isEmr ? ServiceSet.Any : Ssh;
        var open = group.Ingress.WorldServices.Intersect(forbidden);
        if (!open.IsEmpty)
        {
            sink.Report(
                this, group, $"The {(isEmr ? "EMR cluster's" : "EKS nodes' remote access")} group admits the whole {group.Ingress.FamiliesOf(open)} Internet to {(open.IsAny ? "everything" : open)}.",
                group.Ingress.WorldEvidence(open));
        }
        else if (group.Ingress.GapsFor(forbidden) is { Count: > 0 } gaps)
        {
            sink.Doubt(this, group, gaps);
        }
    }
}
