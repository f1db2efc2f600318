using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>
/// Fingerprint of the rules of some groups: ids of the groups, and of each rule its key, description and tags. Rule ids are left
/// out, so that a rule taken away and put back does not count as a difference; so are scopes, which files may lack.
/// A source that does not tell the tags of rules gives the kind <c>sha256-untagged</c>, and such a digest is compared without
/// tags: a plan made from <c>describe-security-groups</c> output can be applied to the live account it shows.
/// </summary>
public static class PlanDigest
{
    private const string Tagged = "sha256:";
    private const string Untagged = "sha256-untagged:";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The digest, of the fullest kind the groups permit.</summary>
    public static string Of(IEnumerable<SecurityGroup> groups)
    {
        var list = groups.ToList();
        return Of(list, list.All(g => g.Rules.All(r => r.Tags is not null)));
    }

    /// <summary>Whether the groups are those of a digest, in the digest's own kind.</summary>
    public static bool Matches(string digest, IEnumerable<SecurityGroup> groups)
    {
        var list = groups.ToList();
        if (digest.StartsWith(Untagged, StringComparison.Ordinal)) return digest == Of(list, withTags: false);
        return list.All(g => g.Rules.All(r => r.Tags is not null)) && digest == Of(list, withTags: true);
    }

    /// <summary>Whether the text has a digest's form.</summary>
    public static bool IsWellFormed(string text)
    {
        var prefix = text.StartsWith(Untagged, StringComparison.Ordinal) ? Untagged : Tagged;
        return text.StartsWith(prefix, StringComparison.Ordinal) && text.Length == prefix.Length + 64
            && text.AsSpan(prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
    }

    private static string Of(List<SecurityGroup> groups, bool withTags)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        foreach (var group in groups.OrderBy(g => g.Id))
        {
            Append(hash, group.Id.Value);
            BinaryPrimitives.WriteInt32LittleEndian(number, group.Rules.Length);
            hash.AppendData(number);
            foreach (var rule in group.Rules.OrderBy(r => r.Key))
            {
                Append(hash, rule.Key.ToString());
                Append(hash, rule.Description);
                if (!withTags) continue;
                BinaryPrimitives.WriteInt32LittleEndian(number, rule.Tags!.Pairs.Length);
                hash.AppendData(number);
                foreach (var pair in rule.Tags.Pairs)
                {
                    Append(hash, pair.Key);
                    Append(hash, pair.Value);
                }
            }
        }

        Span<byte> result = stackalloc byte[32];
        hash.GetHashAndReset(result);
        return (withTags ? Tagged : Untagged) + Convert.ToHexStringLower(result);
    }

    // Length before text, so that no two different lists run together into the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
