using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Rules.References;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.PrefixLists;

/// <summary>SP-PL-04: rules or routes name a prefix list that an unknown account may edit.</summary>
internal sealed class ForeignList : AuditRule
{
    public override string Code => "SP-PL-04";

    public override string Title => "Shared prefix list from another account";

    public override RuleFamily Family => RuleFamily.PrefixList;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.OwnAccounts, AuditParameters.TrustedAccounts];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "A rule or route names a prefix list whose owner is neither AWS, nor an account of the estate, nor in accounts.own or accounts.trusted.",
        Why: "The owner decides from one moment to the next whom your rules admit.",
        Fix: "List the owner under accounts.trusted if it is meant, else use a list of your own.",
        Fires: "list pl-1 10.0.0.0/8 owner 999988887777\ngroup web\n  ingress tcp/443 from pl-1",
        Quiet: "list pl-1 10.0.0.0/8 owner 111122223333\ngroup web\n  ingress tcp/443 from pl-1");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        foreach (var list in context.Estate.PrefixLists)
        {
            var use = context.ListUses.Of(list.Id);
            if (list.IsAwsManaged || (use.Groups == 0 && !use.IsRoute)) continue;
            if (list.Owner.Length == 0) sink.Doubt(this, FindingResource.Of(list), [$"the owner of prefix list {list.Id} was not read"]);
            else if (context.Accounts.Of(list.Owner) == AccountStanding.Unknown) sink.Report(this, FindingResource.Of(list), $"The list belongs to the unknown account {list.Owner}, and rules of {use.Groups} group(s) name it.");
        }

        foreach (var unread in context.ListUses.Unread) sink.Doubt(this, unread, [$"prefix list {unread.Id} was not read"]);
        context.DoubtMissing(this, GapKind.PrefixLists, "prefix lists", sink);
    }
}
