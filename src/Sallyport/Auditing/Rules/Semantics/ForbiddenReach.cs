using System.Collections.Immutable;
using Sallyport.Auditing.Declared;
using Sallyport.Connections;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Policies;

namespace Sallyport.Auditing.Rules.Semantics;

/// <summary>SP-SEM-03: a test of the connections file does not hold.</summary>
internal sealed class ForbiddenReach : DeclaredRule
{
    public override string Code => "SP-SEM-03";

    public override string Title => "Forbidden reach";

    public override RuleFamily Family => RuleFamily.Semantic;

    public override FindingSeverity Severity => FindingSeverity.Critical;

    public override RuleGuide Guide => new(
        What: "A test of the connections file fails on the estate as it is: somebody reaches what a never or only test forbids, now or as soon as a member joins. A must test that fails is high.",
        Why: "The test says in so many words that this must not be.",
        Fix: "Revoke a rule of the path that the finding shows, or give the test a dated exception.",
        Fires: "group web\n  egress tcp/22 to db\ngroup db\n  ingress tcp/22 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nconnections\n" + Sample,
        Quiet: "group web\n  egress tcp/22 to db\ngroup db\n  ingress tcp/22 from 10.9.0.0/16\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nconnections\n" + Sample);

    private const string Sample = "version: 1\ngroups: {web: {sg: sg-web}, db: {sg: sg-db}}\nconnections: {}\ntests: [{id: no-shell, never: {from: web, to: db, services: [tcp/22]}}]\n";

    protected override string? WhyNot(DeclaredState declared) => declared.WhyNotTested;

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var results = context.Declared.Tests.Results.Select(r => (Result: r, Group: GroupOf(r, context))).GroupBy(r => r.Group).OrderBy(g => g.Key);
        foreach (var group in results)
        {
            var resource = ResourceOf(context, group.Key);
            var failed = group.Select(r => r.Result).Where(r => r.Outcome == TestOutcome.Fail).ToList();
            if (failed.Count > 0) Report(context, group.Key, resource, failed, sink);
            ImmutableArray<string> gaps = [.. group.Where(r => r.Result.Outcome == TestOutcome.Unknown).SelectMany(r => r.Result.Gaps.Select(g => $"{r.Result.Test.Id}: {g.TrimEnd('.')}"))];
            if (!gaps.IsEmpty) sink.Doubt(this, resource, gaps);
        }
    }

    private void Report(AuditContext context, SecurityGroupId? owner, FindingResource resource, List<Policies.TestResult> failed, AuditSink sink)
    {
        var message = $"{string.Join("; ", failed.Select(Words))}.";
        var severity = failed.Exists(r => r.Test.Kind != TestKind.Must) ? FindingSeverity.Critical : FindingSeverity.High;
        var isSymbolic = failed.TrueForAll(r => r.Failures.All(f => f.Basis == AnswerBasis.Symbolic));
        var basis = isSymbolic ? FindingBasis.Symbolic : FindingBasis.Snapshot;
        if (owner is { } id && context.Estate.Index.Groups.TryGetValue(id, out var group))
        {
            var evidence = failed.SelectMany(r => r.Failures).SelectMany(f => f.Egress.Concat(f.Ingress)).Where(d => d.Group.Id == id).Select(d => d.Rule);
            sink.Report(this, new GroupFacts(context, group), message, evidence, severity, basis);
        }
        else
        {
            sink.Report(this, resource, message, severity, basis);
        }
    }

    private static string Words(Policies.TestResult result)
    {
        var failure = result.Failures[0];
        var path = failure.Egress.Concat(failure.Ingress).Select(r => $"{r.Group.Id} {r.Rule.Key}").ToList();
        var by = path.Count == 0 ? string.Empty : $", by {string.Join(" and ", path)}";
        var more = result.Failures.Length == 1 ? string.Empty : $" ({ListWords.Count(result.Failures.Length - 1, "more case")})";
        return $"The test {result.Test.Id} ({result.Test.Claim}) fails: {failure.Sentence}{by}{more}";
    }

    // The group whose rule lets the packet in, else the one that the test protects.
    private static SecurityGroupId? GroupOf(Policies.TestResult result, AuditContext context)
    {
        var rules = result.Failures.SelectMany(f => f.Ingress.Concat(f.Egress)).Select(d => (SecurityGroupId?)d.Group.Id);
        var ends = result.Test.To.Concat(result.Test.From).SelectMany(e => e.Groups).Select(g => (SecurityGroupId?)g.Id);
        return rules.Concat(ends).FirstOrDefault(g => g is { } id && context.Estate.Index.Groups.ContainsKey(id));
    }
}
