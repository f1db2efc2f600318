using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Validity;

/// <summary>SP-VAL-01: a rule of the input is not as EC2 writes it, or not one that EC2 would take.</summary>
internal sealed class MalformedInput : AuditRule
{
    private const int Most = 8;
    private const int LongestClause = 200;

    public override string Code => "SP-VAL-01";

    public override string Title => "Malformed rule in input";

    public override RuleFamily Family => RuleFamily.Validity;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "A rule of the group could not be understood and was left out (ports upside down or out of range, an ICMP type or code out of range, no CIDR block, no peer); or was understood though EC2 does not write it so (host bits set, 0.0.0.0/0 with another address before the slash, TCP or UDP without ports, ports beside protocol -1); or names TCP or UDP port 0 alone, which nothing uses.",
        Why: "Whoever wrote the rule meant something else than it says, and the audit cannot know what.",
        Fix: "Write the rule as it was meant.",
        Fires: "group web\n  malformed ingress \"the tcp port range 443-80 is upside down\"",
        Quiet: "group web\n  ingress tcp/80-443 from 10.0.0.0/8\n  ingress tcp/0-65535 from 10.0.0.0/8");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var malformed = group.Group.Malformed;
        if (!malformed.IsEmpty)
        {
            var words = malformed.Length == 1 ? "A rule of the group is malformed" : $"{malformed.Length} rules of the group are malformed";
            var problems = malformed.Select(m => $"{(m.Direction == Direction.Ingress ? "ingress" : "egress")}: {m.Problem}");
            sink.Report(
                this, group.Resource, $"{words} and left out: {Clauses(problems)}.",
                basis: FindingBasis.Symbolic, location: malformed.FirstOrDefault(m => m.At is not null)?.At ?? group.Group.At);
        }

        var slips = group.Group.Rules.Where(r => r.Slip is not null || IsPortZero(r)).ToList();
        if (slips.Count == 0) return;
        var clauses = slips.Select(r => r.Slip ?? "port 0 alone is used by nothing, and all ports are 0-65535");
        sink.Report(this, group, $"Rules of the group may say something else than was meant: {Clauses(clauses)}.", slips);
    }

    // A clause may quote text of the input, which may be of any length.
    private static string Clauses(IEnumerable<string> clauses)
    {
        var distinct = clauses.Distinct().ToList();
        var text = string.Join("; ", distinct.Take(Most).Select(Shortened));
        return distinct.Count <= Most ? text : $"{text}; and {distinct.Count - Most} more";
    }

    private static string Shortened(string clause)
    {
        if (clause.Length <= LongestClause) return clause;
        var end = char.IsHighSurrogate(clause[LongestClause - 1]) ? LongestClause - 1 : LongestClause;
        return $"{clause.AsSpan(0, end)}…";
    }

    private static bool IsPortZero(SecurityGroupRule rule) => rule.Service.Protocol.HasPorts && rule.Service is { From: 0, To: 0 };
}
