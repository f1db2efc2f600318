using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Estates;

/// <summary>
/// A fingerprint of everything a plan depends on: groups and their rules with key, description and tags. Rule ids, files and lines are
/// left out, so the same rules read from another source or authorized anew give the same digest; tags that a source does not tell count
/// as none. Shape: <c>sha256:</c> and 64 lower-case hex digits.
/// </summary>
public static class EstateDigest
{
    /// <summary>The digest of all groups of an estate.</summary>
    public static string Of(Estate estate) => Of(estate.SecurityGroups);

    /// <summary>The digest of some groups, in any order.</summary>
    public static string Of(IEnumerable<SecurityGroup> groups)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var group in groups.OrderBy(g => g.Scope).ThenBy(g => g.Id))
        {
            Add(hash, "group", group.Scope.Account, group.Scope.Region, group.Id.Value, group.Name, group.Description, group.Vpc?.Value ?? string.Empty);
            Add(hash, group.Tags);
            foreach (var rule in group.Rules.OrderBy(r => r.Key))
            {
                Add(hash, "rule", rule.Key.ToString(), rule.Description);
                Add(hash, rule.Tags ?? Tags.None);
            }

            foreach (var malformed in group.Malformed.Select(m => $"{m.Direction} {m.Problem}").Order(StringComparer.Ordinal)) Add(hash, "malformed", malformed);
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static void Add(IncrementalHash hash, Tags tags)
    {
        foreach (var (key, value) in tags.Pairs) Add(hash, "tag", key, value);
    }

    // Each text goes in with its length before it, so that no two different lists of texts give the same bytes.
    private static void Add(IncrementalHash hash, params ReadOnlySpan<string> texts)
    {
        Span<byte> length = stackalloc byte[4];
        Span<byte> small = stackalloc byte[512];
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.TryGetBytes(text, small, out var written) ? small[..written] : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
