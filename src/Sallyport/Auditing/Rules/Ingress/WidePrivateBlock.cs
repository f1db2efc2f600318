using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Rules.Ports;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-15: a private block of many hosts may reach a sensitive port.</summary>
internal sealed class WidePrivateBlock : BlockRule
{
    private static readonly ImmutableArray<Cidr> Private =
        [Cidr.Parse("10.0.0.0/8"), Cidr.Parse("172.16.0.0/12"), Cidr.Parse("192.168.0.0/16"), Cidr.Parse("fc00::/7")];

    public override string Code => "SP-ING-15";

    public override string Title => "Private range too wide on a sensitive port";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.PrivateHosts];

    public override RuleGuide Guide => new(
        What: "An ingress rule admits a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or fc00::/7 with more than priv.hosts addresses on a port of the table of service ports, alone, inside a range or with all protocols. HTTP and HTTPS, which are remarks there, do not count.",
        Why: "A host of any kind that is broken into, anywhere in the block, reaches the database or the management port.",
        Fix: "Name the group or the subnet that needs the port.",
        Fires: "group db\n  ingress tcp/3306 from 10.1.0.0/23",
        Quiet: "group db\n  ingress tcp/3306 from 10.1.0.0/24\n  ingress tcp/443 from 10.1.0.0/16");

    protected override ImmutableArray<Direction> Directions => [Direction.Ingress];

    protected override bool Concerns(GroupFacts group, SecurityGroupRule rule) => PortTable.Sensitive.Overlaps(rule.Service.Interval);

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block) =>
        block.Last.Bits - block.Bits >= (ulong)group.Context.Parameters.Get(AuditParameters.PrivateHosts) && Private.Any(p => p.Contains(block));

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) => string.Create(
        CultureInfo.InvariantCulture,
        $"Private blocks of more than {group.Context.Parameters.Get(AuditParameters.PrivateHosts)} addresses may reach sensitive ports: {PeerWords.Of(offending)}.");
}
