using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.References;

/// <summary>SP-REF-02: a rule names a group of another account.</summary>
internal sealed class CrossAccountReference : AuditRule
{
    public override string Code => "SP-REF-02";

    public override string Title => "Cross-account reference";

    public override RuleFamily Family => RuleFamily.Reference;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.OwnAccounts, AuditParameters.TrustedAccounts];

    public override RuleGuide Guide => new(
        What: "A rule names a group of another account. High when the account is neither of the estate nor in accounts.own nor in accounts.trusted; low for an account of your own; info when only trusted accounts are named.",
        Why: "Who carries the other group is decided in the other account: its administrators admit whom they like.",
        Fix: "List the account under accounts.own or accounts.trusted if it is meant, else revoke the rule.",
        Fires: "group web\n  ingress tcp/443 from app\ngroup app of 444455556666",
        Quiet: "group web\n  ingress tcp/443 from app\ngroup app");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? foreign = null;
        SortedDictionary<string, AccountStanding>? accounts = null;
        List<string>? gaps = null;
        foreach (var rule in group.Group.Rules)
        {
            if (rule.Peer is not GroupPeer peer || peer.Group == group.Group.Id) continue;
            var account = peer.Account ?? (group.Context.Estate.Index.Groups.TryGetValue(peer.Group, out var far) ? far.Scope.Account : string.Empty);
            if (account.Length == 0 || group.Group.Scope.Account.Length == 0)
            {
                (gaps ??= []).Add(account.Length == 0 ? $"the account of group {peer.Group} was not read" : $"the account of group {group.Group.Id} was not read");
            }
            else if (account != group.Group.Scope.Account)
            {
                (foreign ??= []).Add(rule);
                (accounts ??= new(StringComparer.Ordinal))[account] = group.Context.Accounts.Of(account);
            }
        }

        if (foreign is not null) Report(group, foreign, accounts!, sink);
        else if (gaps is not null) sink.Doubt(this, group, gaps);
    }

    private void Report(GroupFacts group, List<SecurityGroupRule> foreign, SortedDictionary<string, AccountStanding> accounts, AuditSink sink)
    {
        var severity = accounts.Values.Max() switch
        {
            AccountStanding.Unknown => FindingSeverity.High,
            AccountStanding.Own => FindingSeverity.Low,
            _ => FindingSeverity.Info,
        };
        var words = string.Join(", ", accounts.Select(a => $"{a.Key} ({Words(a.Value)})"));
        sink.Report(this, group, $"{foreign.Count} rule(s) name groups of other accounts: {words}.", foreign, severity);
    }

    private static string Words(AccountStanding standing) => standing switch
    {
        AccountStanding.Own => "your own",
        AccountStanding.Trusted => "trusted",
        _ => "unknown",
    };
}
