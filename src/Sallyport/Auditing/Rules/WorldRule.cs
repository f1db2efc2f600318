using System.Globalization;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules;

/// <summary>
/// A rule about services of one direction that the world may use: one finding a group with every offending atom, or an unknown
/// verdict when a peer that was not read could make it one.
/// </summary>
internal abstract class WorldRule : AuditRule
{
    protected abstract Direction Direction { get; }

    /// <summary>The services that must not be open to the world.</summary>
    protected abstract ServiceSet Forbidden(AuditContext context);

    /// <summary>Says what is open. <paramref name="open"/> is not empty.</summary>
    protected abstract string Describe(DirectionFacts facts, ServiceSet open);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Of(Direction);
        if (facts.Rules.IsEmpty || (facts.WorldServices.IsEmpty && facts.Doubts.Count == 0)) return;
        var forbidden = Forbidden(group.Context);
        var open = facts.WorldServices.Intersect(forbidden);
        if (!open.IsEmpty)
        {
            Object(group, facts, open, sink);
        }
        else if (facts.GapsFor(forbidden) is { Count: > 0 } gaps)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    internal override void CheckEstate(AuditContext context, AuditSink sink) =>
        JoinedReport.Check(this, context, Direction, services => services.Intersect(Forbidden(context)), sink);

    protected virtual void Object(GroupFacts group, DirectionFacts facts, ServiceSet open, AuditSink sink) =>
        sink.Report(this, group, Describe(facts, open), facts.WorldEvidence(open));

    /// <summary>Services in words, cut short when there are very many.</summary>
    protected static string Words(ServiceSet services)
    {
        const int Most = 8;
        if (services.IsAny) return "all traffic";
        var list = services.ToServices();
        var text = string.Join(", ", list.Take(Most));
        return list.Length <= Most ? text : string.Create(CultureInfo.InvariantCulture, $"{text} and {list.Length - Most} more");
    }
}
