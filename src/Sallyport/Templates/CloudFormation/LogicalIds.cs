using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Estates;

namespace Sallyport.Templates.CloudFormation;

/// <summary>
/// Logical ids: letters and digits made of a name, and a digest of the whole name where letters were lost, so that an id changes only
/// when its own name does.
/// </summary>
internal static class LogicalIds
{
    private const int MaxStem = 180;

    /// <summary>Of a rule: its connection, its direction, and a digest of its full name.</summary>
    public static ImmutableDictionary<WrittenRule, string> Of(ImmutableArray<WrittenRule> rules)
    {
        var ids = ImmutableDictionary.CreateBuilder<WrittenRule, string>();
        foreach (var alike in rules.GroupBy(r => Stem(r) + Digest(r, 8)))
        {
            // Half a billion to one; then more of the digest tells them apart.
            foreach (var rule in alike) ids.Add(rule, alike.Skip(1).Any() ? Stem(rule) + Digest(rule, 40) : alike.Key);
        }

        return ids.ToImmutable();

        static string Stem(WrittenRule rule) => Letters(rule.Origin.Length == 0 ? "Rule" : rule.Origin) + rule.Key.Direction;
        static string Digest(WrittenRule rule, int length) => LogicalIds.Digest($"{rule.Key.Direction} {rule.Name}", length);
    }

    /// <summary>Of a parameter for the thing people call <paramref name="name"/>.</summary>
    public static string OfParameter(string name, string suffix)
    {
        var letters = Letters(name);
        var isWhole = name.Length <= MaxStem && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !name.Contains("--", StringComparison.Ordinal) && name[^1] != '-';
        return letters + (isWhole && !HasDigitAfterHyphen(name) ? string.Empty : Digest(name, 8)) + suffix;
    }

    /// <summary>Of the condition that a stack is in a place: <c>In111122223333EuWest1</c>.</summary>
    public static string OfPlace(Scope place)
    {
        var parts = place.Region.Split('-');
        var isUsual = place.Account.All(char.IsAsciiDigit)
            && (place.Region.Length == 0 || (parts.SkipLast(1).All(p => p.Length > 0 && p.All(char.IsAsciiLetterLower)) && parts[^1].Length > 0 && parts[^1].All(char.IsAsciiDigit)));
        return Letters($"in-{place.Account}-{place.Region}") + (isUsual ? string.Empty : Digest(place.ToString(), 8));
    }

    private static bool HasDigitAfterHyphen(string name) => name.Zip(name.Skip(1)).Any(p => p.First == '-' && char.IsAsciiDigit(p.Second)) || name[0] == '-';

    /// <summary>The first hexadecimal digits of a SHA-256.</summary>
    public static string Digest(string text, int length) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..length];

    private static string Letters(string name)
    {
        var letters = new StringBuilder();
        var isStart = true;
        foreach (var c in name)
        {
            if (letters.Length == MaxStem) break;
            if (char.IsAsciiLetterOrDigit(c)) letters.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = !char.IsAsciiLetterOrDigit(c);
        }

        return letters.Length == 0 ? "Unnamed" : letters.ToString();
    }
}
