using Sallyport.Auditing;
using Sallyport.Auditing.Custom;

namespace Sallyport.Tests.Auditing.Custom;

public sealed class CustomRuleReaderTests
{
    [Fact]
    public void A_rule_says_what_it_was_told()
    {
        const string Yaml = """
            rules:
              - id: ACME-01
                title: Database open.
                severity: high
                message: "{group} is open."
                why: Customers.
                fix: Close it.
                controls: {pci dss 4.0: ["1.3.1", "1.2.8"], SOC2: CC6.1}
                match: {direction: ingress, overlaps: tcp/5432, peer: {public: true}}
                unless: {group: {attached: false}}
            """;
        var rule = Assert.Single(Read(Yaml).Value!.Items);
        Assert.Equal(("ACME-01", "Database open", FindingSeverity.High, RuleFamily.Custom), (rule.Code, rule.Title, rule.Severity, rule.Family));
        Assert.Equal("A rule matches when all of (direction ingress; overlaps tcp/5432; peer public), unless not group attached.", rule.Guide.What);
        Assert.Equal(("Customers.", "Close it."), (rule.Guide.Why, rule.Guide.Fix));
        Assert.Equal(["PCI-DSS-4.0 1.2.8", "PCI-DSS-4.0 1.3.1", "SOC2 CC6.1"], rule.Controls.Select(c => $"{c.Framework} {c.Id}"));
        Assert.Equal([AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists], rule.Needs);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "", "1:1 SPD1013" },
        { "rules: {}", "1:8 SPD1012" },
        { "rules: [a]", "1:9 SPD1012" },
        { "rule: []", "1:1 SPD1003,1:1 SPD1013" },
        { "rules: [{}]", "1:9 SPD1013,1:9 SPD1013,1:9 SPD1013,1:9 SPD1013" },
        { Rule(id: "SP-ING-99"), "1:14 SPD7141" },
        { Rule(id: "sp-x-1"), "1:14 SPD7141" },
        { Rule(id: "EC2-033"), "1:14 SPD7141" },
        { Rule(id: "ACME"), "1:14 SPD7141" },
        { Rule(id: "ACME-"), "1:14 SPD7141" },
        { Rule(id: "1-A"), "1:14 SPD7141" },
        { Rule(id: "\"A-1\\u202e\""), "1:14 SPD7141" },
        { Rule(message: "\"{grup}\""), "1:38 SPD7143" },
        { Rule(message: "\"{group\""), "1:38 SPD7143" },
        { Rule(message: "\"{}\""), "1:38 SPD7143" },
        { Rule(match: "{}"), "1:48 SPD7144" },
        { Rule(match: "{peer: {}}"), "1:55 SPD7144" },
        { Rule(match: "{all: []}"), "1:54 SPD7144" },
        { Rule(match: "{not: {}}"), "1:54 SPD7144" },
        { Rule(match: "{covers: []}"), "1:57 SPD7144" },
        { Rule(match: "{group: {tag: {}}}"), "1:62 SPD7144" },
        { Rule(match: "{any: {direction: ingress}}"), "1:54 SPD1012" },
        { Rule(match: "{any: [{direction: ingress}, {}]}"), "1:77 SPD7144" },
        { Rule(match: "[]"), "1:48 SPD1012" },
        { Rule(match: "{directon: ingress}"), "1:49 SPD1003" },
        { Rule(match: "{direction: inbound}"), "1:60 SPD1017" },
        { Rule(match: "{protocol: carrier-pigeon}"), "1:59 SPD1017" },
        { Rule(match: "{covers: 443}"), "1:57 SPD7142" },
        { Rule(match: "{portsMoreThan: many}"), "1:64 SPD1019" },
        { Rule(match: "{portsMoreThan: -1}"), "1:64 SPD1019" },
        { Rule(match: "{peer: {within: 10.0.0.0/33}}"), "1:64 SPD1017" },
        { Rule(match: "{peer: {public: maybe}}"), "1:64 SPD1017" },
        { Rule(match: "{peer: {kind: vpc}}"), "1:62 SPD1017" },
        { Rule(match: "{group: {nme: a}}"), "1:57 SPD1003" },
        { Rule(match: "{group: {name: \"/(?=a)/\"}}"), "1:63 SPD7142" },
        { Rule(match: "{group: {name: \"/(a/\"}}"), "1:63 SPD7142" },
        { Rule(match: "{direction: ingress}, controls: {NOPE: a}"), "1:81 SPD7105" },
        { Rule(match: "{direction: ingress}, controls: {SOC2: \"<b>\"}"), "1:87 SPD1017" },
        { Rule(match: "{direction: ingress}, controls: [SOC2]"), "1:80 SPD1012" },
        { Rule(match: "{group: {name: {a: b}}}"), "1:63 SPD1012" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_said_with_its_code_and_place(string yaml, string expected)
    {
        var read = Read(yaml);
        Assert.Null(read.Value);
        Assert.Equal(expected, string.Join(",", read.Diagnostics.Select(d => $"{d.At!.Line}:{d.At.Column} {d.Code}")));
    }

    [Fact]
    public void Every_problem_of_every_file_is_listed()
    {
        var read = CustomRuleReader.Read([(Rule(id: "SP-A-1"), "a.yaml"), (Rule(match: "{}"), "b.yaml"), (Rule(id: "B-1"), "c.yaml"), (Rule(id: "b-1"), "d.yaml")]);
        Assert.Equal(["a.yaml SPD7141", "b.yaml SPD7144", "d.yaml SPD7141"], read.Diagnostics.Select(d => $"{d.At!.File} {d.Code}"));
    }

    [Fact]
    public void Bombs_end_in_a_diagnostic()
    {
        var nested = string.Concat(Enumerable.Repeat("{not: ", 9)) + "{direction: ingress}" + new string('}', 9);
        Assert.Contains(Read(Rule(match: nested)).Diagnostics, d => d.Code == "SPD7145");
        var wide = "{any: [" + string.Join(", ", Enumerable.Repeat("{direction: ingress}", 400)) + "]}";
        Assert.Contains(Read(Rule(match: wide)).Diagnostics, d => d.Code == "SPD7145");
        var long_ = "{group: {name: [" + string.Join(", ", Enumerable.Range(0, 2_001)) + "]}}";
        Assert.Contains(Read(Rule(match: long_)).Diagnostics, d => d.Code == "SPD7145");
        Assert.Contains(Read(Rule(message: new string('m', 2_001))).Diagnostics, d => d.Code == "SPD7124");
        Assert.Contains(Read(Rule(match: "{group: {name: \"" + new string('n', 1_001) + "\"}}")).Diagnostics, d => d.Code == "SPD7142");
        var many = "rules:\n" + string.Concat(Enumerable.Range(0, CustomRuleReader.MaxRules + 1).Select(n => $"  - {{id: A-{n}, title: t, message: m, match: {{direction: ingress}}}}\n"));
        Assert.Contains(Read(many).Diagnostics, d => d.Code == "SPD7145");
    }

    private static Sallyport.Diagnostics.Result<CustomRules> Read(string yaml) => CustomRuleReader.Read([(yaml, "own.yaml")]);

    private static string Rule(string id = "A-1", string message = "m", string match = "{direction: ingress}") =>
        $"rules: [{{id: {id}, title: t, message: {message}, match: {match}}}]";
}
