using System.Collections.Frozen;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>What each network ACL lets the world do, worked out once for all rules.</summary>
internal sealed class AclBook
{
    /// <summary>Entries of one direction and family beyond which an ACL is not judged; EC2 takes 40 at most.</summary>
    public const int MostEntries = 400;

    private readonly FrozenDictionary<string, AclOpening> _openings;

    public AclBook(Estate estate, ParameterValues parameters)
    {
        var fraction = parameters.Get(AuditParameters.NearWorldFraction);
        _openings = estate.NetworkAcls.Where(IsJudged).ToFrozenDictionary(a => a.Id, a => new AclOpening(a, fraction), StringComparer.Ordinal);
    }

    /// <summary>Null for an ACL with more entries than EC2 takes.</summary>
    public AclOpening? Of(NetworkAcl acl) => _openings.GetValueOrDefault(acl.Id);

    /// <summary>False for an ACL with more entries than EC2 takes by far.</summary>
    public static bool IsJudged(NetworkAcl acl) =>
        acl.Entries.Length <= MostEntries || acl.Entries.GroupBy(e => (e.Direction, e.Cidr.Family)).All(g => g.Count() <= MostEntries);
}
