using System.Diagnostics.CodeAnalysis;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Strategy;

/// <summary>One entry of an envelope: a rule, or a group whose rules are meant.</summary>
/// <param name="Rule">Null for a template group, and for a rule whose peer is any group.</param>
/// <param name="AnyGroup">The direction and service of a rule whose peer is any group; else null.</param>
/// <param name="Template">Name or id of a group; null for a rule.</param>
public sealed record EnvelopeEntry(RuleKey? Rule, (Direction Direction, Service Service)? AnyGroup, string? Template)
{
    /// <summary>The peer that stands for every group.</summary>
    public const string Groups = "groups";

    /// <summary>Reads an entry; the problem is a clause.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EnvelopeEntry? entry, out string? problem)
    {
        (entry, problem) = (null, null);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] is not ("ingress" or "egress"))
        {
            entry = new EnvelopeEntry(null, null, text);
            return true;
        }

        var direction = words[0] == "ingress" ? Direction.Ingress : Direction.Egress;
        var link = direction == Direction.Ingress ? "from" : "to";
        if (words.Length != 4 || words[2] != link)
        {
            problem = $"\"{text}\" is no rule; write {words[0]} SERVICE {link} PEER";
            return false;
        }

        if (!Service.TryParse(words[1], out var service, out problem)) return false;
        if (words[3] == Groups)
        {
            entry = new EnvelopeEntry(null, (direction, service), null);
            return true;
        }

        Peer? peer = Cidr.TryParse(words[3], out var cidr) ? new CidrPeer(cidr)
            : words[3].StartsWith("pl-", StringComparison.Ordinal) ? new PrefixListPeer(new PrefixListId(words[3]))
            : words[3].StartsWith("sg-", StringComparison.Ordinal) ? new GroupPeer(new SecurityGroupId(words[3]))
            : null;
        if (peer is null)
        {
            problem = $"\"{words[3]}\" is no CIDR block, pl-…, sg-… or {Groups}";
            return false;
        }

        entry = new EnvelopeEntry(new RuleKey(direction, service, peer), null, null);
        return true;
    }
}
