using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Fixing.Remedies;

/// <summary>IPv4 addresses in IPv6 clothes: mapped ones never travel and are revoked; behind NAT64 they are real, and asked about.</summary>
internal sealed class MappedAddressRemedies : RemedyMaker
{
    private static readonly Cidr Mapped = Cidr.Parse("::ffff:0:0/96");

    public override string Does => "revokes rules for IPv4-mapped addresses, which no packet carries; asks about NAT64 prefixes.";

    public override FixStage Stage => FixStage.Clearing;

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context)
    {
        if (AskAboutDeclared(finding, group, context) is { } question) return question;
        var evidence = finding.Evidence.Select(e => e.Key).ToList();
        if (evidence.Count > 0 && evidence.TrueForAll(k => k.Peer is CidrPeer { Cidr: var cidr } && Mapped.Contains(cidr)))
        {
            return Proposal.Change($"{List(evidence)} of {NameOf(group)} is revoked; no packet carries an IPv4-mapped address.", Revoke(group, evidence));
        }

        return Proposal.Ask($"Which IPv4 addresses shall {NameOf(group)} reach through {List(evidence)}? Behind NAT64 the block stands for IPv4 addresses.", "narrow it to the prefix of those addresses", "revoke it").IfUnneeded(Revoke(group, evidence));
    }
}
