using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-13: whatever carries the group may reach every port of whatever else carries it.</summary>
internal sealed class UnrestrictedSelfReference : AuditRule
{
    // Keys and names that EKS and EMR give to what they make; EMR's own groups carry no tag.
    private static readonly ImmutableArray<string> ClusterTags =
        ["kubernetes.io/cluster/", "aws:eks:cluster-name", "eks:cluster-name", "aws:elasticmapreduce:", "for-use-with-amazon-emr-managed-policies"];

    private static readonly ImmutableArray<string> ClusterNames = ["eks-cluster-sg-", "ElasticMapReduce-"];

    public override string Code => "SP-ING-13";

    public override string Title => "Unrestricted self-reference";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllPortsMinimum];

    public override RuleGuide Guide => new(
        What: "An ingress rule whose peer is the group itself admits all protocols, or at least allports.min TCP or UDP ports in a row. Info on groups that EKS or EMR tagged or named as theirs: their nodes need it.",
        Why: "One host that is broken into reaches all its siblings, on every port.",
        Fix: "Name the ports that members use among themselves.",
        Fires: "group web\n  ingress any from web",
        Quiet: "group web\n  ingress tcp/7946 from web\ngroup other\n  ingress any from web");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var least = AllPorts.Least(group.Context);
        var offending = group.Ingress.Rules.Where(r => group.IsSelf(r) && AllPorts.Is(r.Service, least)).ToList();
        if (offending.Count == 0) return;
        var isCluster = IsOfCluster(group.Group);
        sink.Report(
            this, group, $"Members of the group may reach every port of each other{(isCluster ? ", as the cluster it belongs to needs." : ".")}",
            offending, isCluster ? FindingSeverity.Info : null);
    }

    private static bool IsOfCluster(SecurityGroup group) =>
        group.Tags.Pairs.Any(t => ClusterTags.Any(c => t.Key.StartsWith(c, StringComparison.Ordinal)))
        || ClusterNames.Any(n => group.Name.StartsWith(n, StringComparison.Ordinal));
}
