using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Identity;

/// <summary>
/// The keys of the lab: one pair for a user of each account and one for roles assumed in it. All are derived from the account
/// number, and a session token carries its own facts, so nothing needs to be kept across a restart.
/// </summary>
internal sealed class KeyRing
{
    private static readonly byte[] TokenKey = SHA256.HashData("sallyport lab session tokens"u8);
    private readonly Dictionary<string, string> _accountOf = new(StringComparer.Ordinal);

    public KeyRing(IEnumerable<string> accounts)
    {
        foreach (var account in accounts)
        {
            _accountOf[AccessKey("AKIA", account)] = account;
            _accountOf[AccessKey("ASIA", account)] = account;
        }
    }

    /// <summary>One pair for each account, sorted.</summary>
    public IEnumerable<LabCredentials> Credentials => _accountOf.Values.Distinct().Order(StringComparer.Ordinal)
        .Select(a => new LabCredentials(a, AccessKey("AKIA", a), Secret(AccessKey("AKIA", a))));

    /// <summary>The secret of any key of the ring.</summary>
    public static string Secret(string accessKeyId) =>
        Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes("sallyport lab " + accessKeyId)))[..40];

    /// <summary>Who has a key; refuses keys the lab does not know and session tokens that are forged or have expired.</summary>
    public Caller Find(string accessKeyId, string sessionToken, DateTimeOffset now)
    {
        if (!_accountOf.TryGetValue(accessKeyId, out var account)) throw Refusals.AuthFailure();
        if (accessKeyId.StartsWith("AKIA", StringComparison.Ordinal))
        {
            if (sessionToken.Length > 0) throw Refusals.AuthFailure();
            return new Caller(account, $"arn:aws:iam::{account}:user/lab", "AIDA" + Letters("user " + account));
        }

        return ReadToken(sessionToken, account, now);
    }

    /// <summary>True when the lab has the account.</summary>
    public bool Knows(string account) => _accountOf.ContainsValue(account);

    /// <summary>Keys for a role session.</summary>
    public static (string AccessKeyId, string Secret, string SessionToken) Assume(string account, string role, string session, DateTimeOffset expires)
    {
        var key = AccessKey("ASIA", account);
        var facts = string.Create(CultureInfo.InvariantCulture, $"{account}\n{role}\n{session}\n{expires.ToUnixTimeSeconds()}");
        var bytes = Encoding.UTF8.GetBytes(facts);
        return (key, Secret(key), Convert.ToBase64String([.. HMACSHA256.HashData(TokenKey, bytes), .. bytes]));
    }

    /// <summary>Unique id of a role.</summary>
    public static string RoleId(string account, string role) => "AROA" + Letters($"role {account} {role}");

    private static Caller ReadToken(string token, string account, DateTimeOffset now)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length) || length <= 32) throw Refusals.AuthFailure();
        var facts = bytes.AsSpan(32, length - 32);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(TokenKey, facts), bytes.AsSpan(0, 32))) throw Refusals.AuthFailure();
        var parts = Encoding.UTF8.GetString(facts).Split('\n');
        if (parts[0] != account) throw Refusals.AuthFailure();
        if (now.ToUnixTimeSeconds() >= long.Parse(parts[3], CultureInfo.InvariantCulture)) throw Refusals.RequestExpired();
        return new Caller(
            account,
            $"arn:aws:sts::{account}:assumed-role/{parts[1]}/{parts[2]}",
            $"{RoleId(account, parts[1])}:{parts[2]}");
    }

    private static string AccessKey(string prefix, string account) => prefix + Letters($"key {prefix} {account}");

    /// <summary>16 characters of the base-32 alphabet.</summary>
    private static string Letters(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        return string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(text)).Take(16).Select(b => alphabet[b % 32]));
    }
}
