using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-09: a rule allows what the envelope does not.</summary>
internal sealed class RuleOutsideEnvelope : AuditRule
{
    public override string Code => "SP-USE-09";

    public override string Title => "Rule outside the audit envelope";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.EnvelopeAllow, AuditParameters.EnvelopeDeny];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists, AuditNeed.Vpcs, AuditNeed.Configuration];

    public override RuleGuide Guide => new(
        What: "A rule allows something that envelope.allow does not hold, or something that envelope.deny holds. Entries are rules, or groups whose rules are the template; a direction that no entry of envelope.allow speaks of is not judged by it. A rule for a group lies inside a block when all of that group's VPC does.",
        Why: "An envelope is what has been agreed on; outside it nobody has agreed to anything.",
        Fix: "Narrow or revoke the rule, or agree on a wider envelope.",
        Fires: "set envelope.allow ingress tcp/443 from 10.0.0.0/8\ngroup web\n  ingress tcp/443-444 from 10.1.0.0/16",
        Quiet: "set envelope.allow ingress tcp/443 from 10.0.0.0/8\ngroup web\n  ingress tcp/443 from 10.1.0.0/16\n  egress any to 0.0.0.0/0");

    internal override string? WhyNotAssessed(AuditContext context) =>
        context.Parameters.Get(AuditParameters.EnvelopeAllow).IsEmpty && context.Parameters.Get(AuditParameters.EnvelopeDeny).IsEmpty
            ? "needs configuration: envelope.allow or envelope.deny" : null;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var offending = new List<SecurityGroupRule>();
        var gaps = new List<string>();
        var (beyond, forbidden) = (0, 0);
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var (allow, deny) = (group.Context.Strategy.Allowed(direction), group.Context.Strategy.Denied(direction));
            gaps.AddRange(allow.Missing.Concat(deny.Missing).Select(name => $"the template group \"{name}\" is not in the estate"));
            foreach (var rule in group.Of(direction).Rules)
            {
                var holds = allow.IsEmpty ? true : allow.Holds(group.Context, rule.Key);
                var meets = deny.IsEmpty ? false : deny.Meets(group.Context, rule.Key);
                if (holds == false && allow.Missing.IsEmpty) beyond++;
                if (meets == true) forbidden++;
                if ((holds == false && allow.Missing.IsEmpty) || meets == true) offending.Add(rule);
                else if (holds is null || meets is null) gaps.Add($"{rule.Key}: what it stands for was not wholly read");
            }
        }

        if (offending.Count > 0)
        {
            var what = (beyond, forbidden) switch { (0, _) => "what is forbidden", (_, 0) => "more than is agreed", _ => "what is forbidden or more than is agreed" };
            sink.Report(this, group, $"{offending.Count} rule{(offending.Count == 1 ? " allows" : "s allow")} {what}: {string.Join(", ", offending.Take(5).Select(r => r.Key))}{(offending.Count > 5 ? " and more" : string.Empty)}.", offending, basis: FindingBasis.Invariant);
        }
        else if (gaps.Count > 0)
        {
            sink.Doubt(this, group, gaps);
        }
    }
}
