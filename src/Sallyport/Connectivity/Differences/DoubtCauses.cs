using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Why something of a group's rules is not known. The same list unread twice is taken to be the same list; two lists that were not
/// read are not.
/// </summary>
internal static class DoubtCauses
{
    /// <summary>Services whose doubts are not the same doubts in both estates.</summary>
    public static ServiceSet Between(SecurityGroup? old, Estate before, SecurityGroup? @new, Estate after, Direction direction)
    {
        var (left, right) = (Of(old, before, direction), Of(@new, after, direction));
        var result = ServiceSet.Empty;
        foreach (var cause in left.Keys.Union(right.Keys))
        {
            var (a, b) = (left.GetValueOrDefault(cause, ServiceSet.Empty), right.GetValueOrDefault(cause, ServiceSet.Empty));
            result = result.Union(a.Subtract(b)).Union(b.Subtract(a));
        }

        return result;
    }

    private static Dictionary<string, ServiceSet> Of(SecurityGroup? group, Estate estate, Direction direction)
    {
        var result = new Dictionary<string, ServiceSet>(StringComparer.Ordinal);
        if (group is null) return result;
        foreach (var rule in group.Rules)
        {
            if (rule.Direction != direction || rule.Peer is not PrefixListPeer { PrefixList: var list } || ListReading.IsWhole(estate, list)) continue;
            result[list.Value] = result.GetValueOrDefault(list.Value, ServiceSet.Empty).Union(ServiceSet.Of(rule.Service));
        }

        // A malformed rule may have meant anything, but the same words mean the same.
        foreach (var malformed in group.Malformed.Where(m => m.Direction == direction)) result[malformed.Problem] = ServiceSet.Any;
        return result;
    }
}
