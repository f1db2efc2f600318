using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-09: the whole world may send ICMP beyond what path MTU discovery needs.</summary>
internal sealed class IcmpFromWorld : WorldRule
{
    private static readonly ServiceSet Judged = ServiceSet.Of([Service.Parse("icmp"), Service.Parse("icmpv6")])
        .Subtract(ServiceSet.Of([Service.Parse("icmp/3/4"), Service.Parse("icmpv6/2")]));

    private static readonly ServiceSet WithoutEcho = Judged.Subtract(ServiceSet.Of([Service.Parse("icmp/8/-1"), Service.Parse("icmpv6/128")]));

    public override string Code => "SP-ING-09";

    public override string Title => "ICMP from the world";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.IcmpAllowEcho];

    public override RuleGuide Guide => new(
        What: "Ingress rules together admit the whole world with ICMP or ICMPv6, all protocols included. Path MTU discovery (ICMP type 3 code 4, ICMPv6 type 2) is left alone, and so is echo (ICMP type 8, ICMPv6 type 128) when icmp.allow_echo is true.",
        Why: "Redirects and timestamps help attackers, and an answer to ping tells scanners where to look.",
        Fix: "Admit ICMP type 3 code 4 and ICMPv6 type 2 only; answers to your own packets need no rule.",
        Fires: "group web\n  ingress icmp from 0.0.0.0/0",
        Quiet: "set icmp.allow_echo true\ngroup web\n  ingress icmp/3/4 from 0.0.0.0/0\n  ingress icmpv6/2 from ::/0\n  ingress icmp/8/-1 from 0.0.0.0/0");

    protected override Direction Direction => Direction.Ingress;

    protected override ServiceSet Forbidden(AuditContext context) => context.Parameters.Get(AuditParameters.IcmpAllowEcho) ? WithoutEcho : Judged;

    protected override string Describe(DirectionFacts facts, ServiceSet open) =>
        $"{Words(open)} is open to the whole {facts.FamiliesOf(open)} Internet.";

    // Without the exceptions a full block falls into many pieces: name the protocols then.
    private static new string Words(ServiceSet open)
    {
        var services = open.ToServices();
        const int Most = 4;
        return services.Length <= Most
            ? string.Join(", ", services)
            : string.Join(" and ", services.Select(s => s.Protocol).Distinct().Select(p => p == Protocol.Icmp ? "ICMP" : "ICMPv6"));
    }
}
