using System.Collections.Immutable;
using Sallyport.Auditing.Rules.NetworkAcls;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>What the two rules on alarms share: calls that must raise one, judged for each account and Region.</summary>
internal abstract class UnalarmedChanges : AuditRule
{
    public override RuleFamily Family => RuleFamily.Monitoring;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Monitoring];

    /// <summary>Names of the calls.</summary>
    protected abstract ImmutableArray<string> Calls { get; }

    internal sealed override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var book = new Lazy<AlarmBook>(() => new AlarmBook(context));
        var holdsSome = !context.Estate.MetricFilters.IsEmpty || !context.Estate.EventRules.IsEmpty;
        foreach (var scope in context.AnsweredScopes)
        {
            if (!holdsSome && context.Facts.IsMissing(GapKind.Monitoring, scope))
            {
                sink.Doubt(this, FindingResource.Of(scope), [NotRead(scope)]);
                continue;
            }

            var answers = Calls.Select(c => (Call: c, IsAlarmed: book.Value.IsAlarmed(new ApiCall(c, scope)))).ToLookup(a => a.IsAlarmed, a => a.Call);
            var resource = FindingResource.Of(scope);
            if (answers[false].Any())
            {
                sink.Report(this, resource, $"Nothing that was read raises an alarm{(scope.IsUnknown ? string.Empty : $" in {scope}")} on {EntryWords.List(answers[false], ", ")}.");
            }
            else if (answers[null].Any())
            {
                sink.Doubt(this, resource, [context.Facts.IsMissing(GapKind.Monitoring, scope)
                    ? NotRead(scope)
                    : $"whether {scope.Describe("filters or event rules")} always take {EntryWords.List(answers[null], ", ")} is not known"]);
            }
        }
    }

    private static string NotRead(Scope scope) => $"{scope.Describe("metric filters, alarms or event rules")} were not read";
}
