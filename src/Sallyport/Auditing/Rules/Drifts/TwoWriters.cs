using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Drifts;

/// <summary>SP-DRF-02: two tools write the rules of one group.</summary>
internal sealed class TwoWriters : AuditRule
{
    private const string FirewallManager = "AWS Firewall Manager";
    private const string CloudFormation = "CloudFormation";
    private const string Kubernetes = "Kubernetes";
    private const string Sallyport = "Sallyport";

    private static readonly ImmutableArray<(string Key, string Writer)> KnownTags =
    [
        ("FMManaged", FirewallManager),
        ("aws:cloudformation:stack-id", CloudFormation),
        ("aws:cloudformation:stack-name", CloudFormation),
        ("aws:eks:cluster-name", Kubernetes),
        ("elbv2.k8s.aws/cluster", Kubernetes),
        (OwnershipTag.Key, Sallyport),
    ];

    public override string Code => "SP-DRF-02";

    public override string Title => "Two writers";

    public override RuleFamily Family => RuleFamily.Drift;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.WriterTags];

    public override RuleGuide Guide => new(
        What: "Tags of the group or of its rules, or the name that AWS Firewall Manager gives its groups, show two tools at work: AWS Firewall Manager, CloudFormation, a Kubernetes cluster, Sallyport, or the tool that a tag of writers.tags names. Sallyport beside the code that it writes is one writer. In Terraform code, a group with rules in its own block and with rule resources too has two writers as well.",
        Why: "Each reverts what the other one wrote, in turn, and the open port comes and goes.",
        Fix: "Pick one owner and take the group out of the other tool; in Terraform code, write all of the group's rules in one way.",
        Fires: "group web tag aws:cloudformation:stack-name=shop tag FMManaged=true",
        Quiet: "group web tag aws:cloudformation:stack-name=shop tag managed-by=CloudFormation");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.Code is { Language: CodeLanguage.Terraform, Inline: { } inline, Standalone: { } apart })
        {
            var places = new[] { (inline.File, inline.Line), (apart.File, apart.Line) };
            sink.Report(
                this, group,
                $"{group.Group.Id} has rules in its own block ({inline.File}:{inline.Line}) and as resources of their own ({apart.File}:{apart.Line}): each run takes away what the other part wrote.",
                group.Group.Rules.Where(r => r.File is { } file && places.Contains((file, r.Line))));
        }

        var writers = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        if (group.NameDoubt is null && group.Group.Name.StartsWith("FMManagedSecurityGroup", StringComparison.Ordinal)) writers.Add(FirewallManager);
        var own = group.Context.Parameters.Get(AuditParameters.WriterTags);
        Add(group.Group.Tags, own, writers);
        foreach (var rule in group.Group.Rules)
        {
            if (rule.Tags is { IsEmpty: false } tags) Add(tags, own, writers);
        }

        // What Sallyport compiles is carried out by such a tool.
        if (writers.Any(w => w is not (Sallyport or FirewallManager or Kubernetes))) writers.Remove(Sallyport);
        if (writers.Count < 2)
        {
            if (Doubts(group, own).ToList() is { Count: > 0 } doubts) sink.Doubt(this, group, doubts);
            return;
        }

        sink.Report(this, group, $"{ListWords.Of(writers)} each leave a mark of their own on {group.Group.Id} or its rules.", []);
    }

    private static IEnumerable<string> Doubts(GroupFacts group, ImmutableArray<string> own)
    {
        if (group.NameDoubt is { } name) yield return name;
        foreach (var tags in group.Group.Rules.Select(r => r.Tags).Prepend(group.Group.Tags))
        {
            if (tags is null || tags.Unknown.IsEmpty) continue;
            foreach (var key in KnownTags.Select(k => k.Key).Concat(own))
            {
                if (tags.DoubtOf(key) is { } doubt) yield return doubt;
            }
        }
    }

    private static void Add(Tags tags, ImmutableArray<string> own, SortedSet<string> writers)
    {
        foreach (var (key, value) in tags.Pairs)
        {
            foreach (var (known, writer) in KnownTags)
            {
                if (key == known) writers.Add(writer);
            }

            if (value.Length > 0 && own.Contains(key) && tags.DoubtOf(key) is null) writers.Add(value);
        }
    }
}
