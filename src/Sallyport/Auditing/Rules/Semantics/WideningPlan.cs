using Sallyport.Auditing.Declared;
using Sallyport.Connectivity.Differences;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Semantics;

/// <summary>SP-SEM-01: carrying out the connections file opens flows that do not exist today.</summary>
internal sealed class WideningPlan : DeclaredRule
{
    public override string Code => "SP-SEM-01";

    public override string Title => "Semantic diff widens exposure";

    public override RuleFamily Family => RuleFamily.Semantic;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override RuleGuide Guide => new(
        What: "The plan of the connections file allows flows that the estate does not allow now; the finding shows one as a packet. Flows are compared, not rules: of members as they were read, or by the rules alone where nothing carries the groups.",
        Why: "A change that looks tidy line by line may open a way that nobody asked for.",
        Fix: "Approve the new flows, or take them out of the connections file.",
        Fires: "group web\ngroup db\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nconnections\n" + Sample,
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\n  ingress tcp/22 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nconnections\n" + Sample);

    private const string Sample = "version: 1\ngroups: {web: {sg: sg-web}, db: {sg: sg-db}}\nconnections: {web-to-db: {from: web, to: db, services: [tcp/3306], reason: orders}}\n";

    protected override string? WhyNot(DeclaredState declared) => declared.WhyNotPlanned;

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var change = context.Declared.Change;
        var isSnapshot = !change.Added.IsEmpty;
        foreach (var boxes in (isSnapshot ? change.Added : change.LatentAdded.Where(b => !IsCarried(b, context))).GroupBy(b => OwnerOf(b, context)).OrderBy(g => g.Key))
        {
            var words = boxes.Select(b => $"{b.From} to {b.To} on {b.Services}{(b.Witness is { } packet ? $" (such as {packet})" : string.Empty)}");
            sink.Report(
                this, ResourceOf(context, boxes.Key), $"The plan of the connections file opens what is closed now: {ListWords.Of(words, separator: "; ")}.",
                basis: isSnapshot ? FindingBasis.Snapshot : FindingBasis.Symbolic);
        }

        foreach (var boxes in change.Unknown.GroupBy(b => OwnerOf(b, context)).OrderBy(g => g.Key))
        {
            sink.Doubt(this, ResourceOf(context, boxes.Key), boxes.SelectMany(GapsOf));
        }
    }

    /// <summary>What was not read and decides a flow, as clauses.</summary>
    internal static IEnumerable<string> GapsOf(DiffBox box) => box.Gaps.IsEmpty
        ? [$"something between {box.From} and {box.To} was not read"]
        : box.Gaps.Select(g => g.Where.Length == 0 ? $"{g.What} were not read" : $"{g.What} of {g.Where} were not read");

    // Between members that were all read a packet would show the difference; a reference in place of a block differs on paper only.
    private static bool IsCarried(DiffBox box, AuditContext context) => new[] { box.From.Group, box.To.Group }.OfType<SecurityGroupId>().All(id =>
        context.Estate.Index.Groups.TryGetValue(id, out var group) && context.Estate.Index.MembersOf(id).Any() && !UnreadInterfaces.AreMissing(context, group.Scope));

    // The group whose rule opens the flow, else the one that is reached.
    private static SecurityGroupId? OwnerOf(DiffBox box, AuditContext context)
    {
        var groups = box.Because.Select(c => c.Group).Append(box.To.Group).Append(box.From.Group);
        return groups.FirstOrDefault(g => g is { } id && context.Estate.Index.Groups.ContainsKey(id));
    }
}
