using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-08: mail may be sent to any server in the world.</summary>
internal sealed class MailEgress : WorldRule
{
    public override string Code => "SP-EGR-08";

    public override string Title => "Mail egress";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.MailTcp];

    public override RuleGuide Guide => new(
        What: "Egress rules together admit the whole world, in one family or both, on a TCP port of mail.tcp, alone, inside a range or with all protocols. Submission counts once 465 and 587 are added to mail.tcp.",
        Why: "A host that is broken into sends spam, and the addresses of the whole account end on block lists.",
        Fix: "Send mail through a relay of your own or a mail service, and name its addresses.",
        Fires: "group web\n  egress tcp/25 to 0.0.0.0/0",
        Quiet: "group web\n  egress tcp/25 to 10.1.0.25/32\n  egress tcp/587 to 0.0.0.0/0\n  egress udp/25 to 0.0.0.0/0");

    protected override Direction Direction => Direction.Egress;

    protected override ServiceSet Forbidden(AuditContext context) => context.Parameters.Get(AuditParameters.MailTcp);

    protected override string Describe(DirectionFacts facts, ServiceSet open) =>
        $"Mail ({Words(open)}) may be sent to the whole {facts.FamiliesOf(open)} Internet.";
}
