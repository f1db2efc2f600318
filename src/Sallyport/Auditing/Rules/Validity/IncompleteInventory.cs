using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Validity;

/// <summary>SP-VAL-02: part of what the audit needs was not read, so silence proves nothing.</summary>
internal sealed class IncompleteInventory : AuditRule
{
    public override string Code => "SP-VAL-02";

    public override string Title => "Incomplete inventory";

    public override RuleFamily Family => RuleFamily.Validity;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "A read failed or was partial, a whole account or Region or some groups are missing, rules of a group were malformed and left out, or nothing was read at all. What a source simply does not hold is listed under gaps instead, and under unknown wherever a verdict needed it.",
        Why: "A clean audit of half an estate is not a clean estate.",
        Fix: "Read what is missing, or repair the input, and audit again.",
        Fires: "group web\ngap Scope 111122223333/eu-west-2 AccessDenied when reading.",
        Quiet: "group web");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        if (context.Estate.SecurityGroups.IsEmpty)
        {
            sink.Report(this, Account(context.Estate.Scopes is [var only] ? only : new Scope(string.Empty, string.Empty), "estate"), "No security group was read: an empty inventory is not a clean one.");
        }

        foreach (var gap in context.Estate.Gaps)
        {
            if (gap.IsLeftOpen || (!gap.IsReadFailure && gap.What is not (GapKind.Scope or GapKind.SecurityGroups or GapKind.Rules))) continue;
            sink.Report(this, ResourceOf(gap, context), $"Not wholly read: {Words(gap)}. {gap.Why}");
        }
    }

    private static string Words(EstateGap gap) => gap.Where.Length == 0 ? gap.What.ToString() : $"{gap.What} of {gap.Where}";

    private static FindingResource ResourceOf(EstateGap gap, AuditContext context)
    {
        if (context.Estate.Index.Groups.TryGetValue(new SecurityGroupId(gap.Where), out var group)) return FindingResource.Of(group);
        var parts = gap.Where.Split('/');
        var scope = parts is [var account, var region] && (account == "?" || account.All(char.IsAsciiDigit)) ? new Scope(Known(account), Known(region)) : new Scope(string.Empty, string.Empty);
        return Account(scope, gap.Where.Length > 0 ? $"{gap.What}:{gap.Where}" : gap.What.ToString());
    }

    private static string Known(string part) => part == "?" ? string.Empty : part;

    private static FindingResource Account(Scope scope, string id) => new(FindingResource.AccountType, id, string.Empty, scope, null);
}
