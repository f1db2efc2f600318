using System.Collections.Immutable;
using Sallyport.Drift;

namespace Sallyport.Auditing.Rules.Drifts;

/// <summary>SP-DRF-01: the estate differs from the code that declares it. Against a connections file SP-DECL-01 and -02 say so.</summary>
internal sealed class CodeDrift : AuditRule
{
    private const int MostNamed = 3;

    public override string Code => "SP-DRF-01";

    public override string Title => "Drift from IaC";

    public override RuleFamily Family => RuleFamily.Drift;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Code];

    public override RuleGuide Guide => new(
        What: "A group has other rules than the infrastructure code (--code) that declares it: rules that the code lacks, or lacks rules that the code has. Against a connections file this is SP-DECL-01 and SP-DECL-02.",
        Why: "The next run of the code undoes the change, or the code no longer says what is open.",
        Fix: "Apply the code again, or write the change into it: `sallyport drift CODE SOURCE -o plan` and `-o patch` make either.",
        Fires: "group web\n  ingress tcp/443 from 0.0.0.0/0\n  ingress tcp/22 from 10.0.0.0/8\nterraform\nresource \"aws_security_group\" \"web\" {\n  name = \"web\"\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    protocol    = \"tcp\"\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n}",
        Quiet: "group web\n  ingress tcp/443 from 0.0.0.0/0\nterraform\nresource \"aws_security_group\" \"web\" {\n  name = \"web\"\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    protocol    = \"tcp\"\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n}");

    internal override void Prepare(AuditContext context) => _ = context.Drift;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var entries = group.Context.Drift![group.Group.Id].ToList();
        if (entries.Count == 0) return;
        var undeclared = entries.Where(e => e.Kind == DriftKind.Undeclared).Select(e => e.Rule).ToHashSet();
        var words = new List<string>();
        Say("that the code lacks", entries.Where(e => e.Kind == DriftKind.Undeclared));
        Say("missing that the code has", entries.Where(e => e.Kind == DriftKind.Missing));
        Say("with other text than in the code", entries.Where(e => e.Kind == DriftKind.Text));
        var place = entries.Select(e => e.At).FirstOrDefault(a => a is not null);
        sink.Report(this, group, $"{group.Group.Id} differs from {entries[0].Declared}{(place is null ? string.Empty : $" ({place.File}:{place.Line})")}: {string.Join("; ", words)}.", group.Group.Rules.Where(r => undeclared.Contains(r.Key)));

        void Say(string what, IEnumerable<DriftEntry> some)
        {
            var rules = some.Select(e => e.Rule.ToString()).ToList();
            if (rules.Count > 0) words.Add($"{rules.Count} {what} ({ListWords.Of(rules, MostNamed)})");
        }
    }
}
