using System.Collections.Frozen;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.References;

/// <summary>Accounts of one's own, which are those of the estate and of <c>accounts.own</c>, and those that are trusted.</summary>
internal sealed class KnownAccounts
{
    private readonly FrozenSet<string> _own;
    private readonly FrozenSet<string> _trusted;

    public KnownAccounts(AuditContext context)
    {
        _own = context.Estate.Scopes.Select(s => s.Account).Where(a => a.Length > 0).Concat(context.Parameters.Get(AuditParameters.OwnAccounts)).ToFrozenSet(StringComparer.Ordinal);
        _trusted = context.Parameters.Get(AuditParameters.TrustedAccounts).ToFrozenSet(StringComparer.Ordinal);
    }

    public AccountStanding Of(string account) =>
        _own.Contains(account) ? AccountStanding.Own : _trusted.Contains(account) ? AccountStanding.Trusted : AccountStanding.Unknown;
}
