using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Auditing.Custom;

namespace Sallyport.Tests.Auditing.Custom;

/// <summary>What a custom rule says while something is unread is what it would say whatever is read later; else it says unknown.</summary>
public sealed class CustomRuleLawTests
{
    private const string Groups = """
        group web tag env=prod
          ingress tcp/22 from pl-x
          egress tcp/443 to pl-x
          ingress tcp/22 from 10.0.0.0/8
        group db
          ingress tcp/5432 from pl-x
        """;

    private static readonly Gen<string> Facts = Gen.Elements(
        "direction: ingress", "direction: egress", "covers: tcp/22", "overlaps: tcp/400-500", "peer: {public: true}", "peer: {public: false}", "peer: {within: 10.0.0.0/8}",
        "peer: {contains: 10.1.0.0/16}", "peer: {overlaps: 192.0.2.0/24}", "peer: {kind: prefixList}", "peer: {world: true}", "group: {tag: {env: prod}}", "group: {attached: true}", "group: {id: sg-db}");

    private static Gen<string> Conditions(int depth) => depth == 0
        ? Facts.Select(f => $"{{{f}}}")
        : Gen.OneOf(
            Facts.Select(f => $"{{{f}}}"),
            Conditions(depth - 1).Select(c => $"{{not: {c}}}"),
            from a in Conditions(depth - 1) from b in Conditions(depth - 1) select $"{{all: [{a}, {b}]}}",
            from a in Conditions(depth - 1) from b in Conditions(depth - 1) select $"{{any: [{a}, {b}]}}");

    [Fact]
    public void An_unread_list_is_unknown_or_does_not_matter()
    {
        string[] contents = ["list pl-x 10.0.0.0/8\n", "list pl-x 8.8.8.0/24\n", "list pl-x 192.0.2.0/24 10.1.0.0/16\n", "list pl-x 0.0.0.0/0\n"];
        var rules = from match in Conditions(3) from unless in Conditions(2) select (match, unless);
        Prop.ForAll(rules.ToArbitrary(), rule =>
        {
            var unread = Verdicts(rule, "list pl-x unread\n");
            foreach (var content in contents)
            {
                var read = Verdicts(rule, content);
                Assert.All(unread, v =>
                {
                    if (v.Value is { } known) Assert.Equal(known, read[v.Key]);
                });
                Assert.DoesNotContain(read.Values, v => v is null);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Not_not_and_De_Morgan_change_nothing()
    {
        var pairs = from a in Conditions(2) from b in Conditions(2) select (a, b);
        Prop.ForAll(pairs.ToArbitrary(), p =>
        {
            const string List = "list pl-x unread\n";
            Assert.Equal(Verdicts((p.a, null), List), Verdicts(($"{{not: {{not: {p.a}}}}}", null), List));
            Assert.Equal(Verdicts(($"{{not: {{any: [{p.a}, {p.b}]}}}}", null), List), Verdicts(($"{{all: [{{not: {p.a}}}, {{not: {p.b}}}]}}", null), List));
            Assert.Equal(Verdicts((p.a, p.b), List), Verdicts(($"{{all: [{p.a}, {{not: {p.b}}}]}}", null), List));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Per group: the rules that match, or null when some rule of it is unknown.</summary>
    private static Dictionary<string, string?> Verdicts((string Match, string? Unless) rule, string list)
    {
        // Asking for a direction that every rule has keeps the subject a rule, whatever the facts are.
        var yaml = $"rules: [{{id: A-1, title: t, message: m, match: {{direction: [ingress, egress], all: [{rule.Match}]}}{(rule.Unless is null ? "" : $", unless: {rule.Unless}")}}}]";
        var own = CustomRuleReader.Read([(yaml, "own.yaml")]);
        Assert.True(own.Value is not null, string.Join("\n", own.Diagnostics));
        var report = Audit.Of(list + Groups, AuditOptions.Default with { CustomRules = own.Value.Items, Rules = ["A-1"] });
        var unknown = report.Unknown.Select(u => u.Resource.Id).ToHashSet();
        return new[] { "sg-web", "sg-db" }.ToDictionary(
            g => g, g => unknown.Contains(g) ? null : string.Join(", ", report.Findings.Where(f => f.Resource.Id == g).SelectMany(f => f.Evidence).Select(e => e.Key)));
    }
}
