using Sallyport.Estates;

namespace Sallyport.Auditing.Rules;

/// <summary>The peers of rules in words, each once, cut short when there are very many.</summary>
internal static class PeerWords
{
    private const int Most = 8;

    /// <summary><c>10.0.0.0/8, sg-…</c>.</summary>
    public static string Of(IEnumerable<SecurityGroupRule> rules)
    {
        var peers = rules.Select(r => r.Peer.ToString()!).Distinct().ToList();
        var text = string.Join(", ", peers.Take(Most));
        return peers.Count <= Most ? text : $"{text} and {peers.Count - Most} more";
    }
}
