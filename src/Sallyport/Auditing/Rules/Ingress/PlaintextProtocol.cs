using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-08: somebody, whoever it is, may speak a protocol without encryption.</summary>
internal sealed class PlaintextProtocol : AuditRule
{
    public override string Code => "SP-ING-08";

    public override string Title => "Plaintext protocol open to anybody";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.RiskyPorts;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.PlaintextTcp, AuditParameters.PlaintextUdp];

    public override RuleGuide Guide => new(
        What: "An ingress rule with any peer, private blocks and groups included, covers a port of plaintext.tcp or plaintext.udp (FTP, Telnet, POP3, IMAP, LDAP, the r-commands, TFTP, SNMP), alone, inside a range or with all protocols. HTTP counts once 80 is added to plaintext.tcp.",
        Why: "Whoever sits between the ends reads the passwords.",
        Fix: "Move to the encrypted twin (SFTP, SSH, IMAPS, LDAPS, SNMPv3) and name its port alone.",
        Fires: "group web\n  ingress tcp/20-25 from 10.1.0.0/16",
        Quiet: "group web\n  ingress tcp/22 from 10.1.0.0/16\n  ingress udp/21 from 10.1.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Ingress.Rules.IsEmpty) return;
        var plain = group.Context.Parameters.Get(AuditParameters.PlaintextTcp).Union(group.Context.Parameters.Get(AuditParameters.PlaintextUdp));
        var offending = group.Ingress.Rules.Where(r => plain.Overlaps(r.Service.Interval)).ToList();
        if (offending.Count == 0) return;
        var open = ServiceSet.Of(offending.Select(r => r.Service)).Intersect(plain);
        sink.Report(this, group, $"Protocols without encryption ({open}) are admitted from {PeerWords.Of(offending)}.", offending);
    }
}
