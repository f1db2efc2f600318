using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Sprawl;

/// <summary>SP-SPR-06: a broad group has no owner and has not been changed for long.</summary>
internal sealed class OwnerlessGroup : AuditRule
{
    public override string Code => "SP-SPR-06";

    public override string Title => "Ownerless old group";

    public override RuleFamily Family => RuleFamily.Sprawl;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.OwnerTag, AuditParameters.StaleDays, AuditParameters.ChangedTags];

    public override RuleGuide Guide => new(
        What: "The group has none of owner.tag, its ingress admits the world or a large part of it, and a tag of changed.tags says that it was last changed more than stale.days ago. Without such a tag the age is unknown; with stale.days 0 it does not matter.",
        Why: "Nobody answers for an opening that everybody has forgotten.",
        Fix: "Find an owner and tag the group, or close it for a dated trial.",
        Fires: "today 2026-11-21\ngroup old tag last-changed=2024-01-31\n  ingress tcp/443 from 0.0.0.0/0",
        Quiet: "today 2026-11-21\ngroup old tag last-changed=2024-01-31 tag owner=net\n  ingress tcp/443 from 0.0.0.0/0\ngroup new tag last-changed=2026-10-31\n  ingress tcp/443 from 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var parameters = group.Context.Parameters;
        if (parameters.Get(AuditParameters.OwnerTag).ValueIn(group.Group.Tags) is not null) return;
        var evidence = Broad(group.Ingress);
        if (evidence.Count == 0)
        {
            if (group.Ingress.Doubts.Count > 0) sink.Doubt(this, group, group.Ingress.Doubts.Select(d => d.Gap));
            return;
        }

        if (parameters.Get(AuditParameters.OwnerTag).DoubtIn(group.Group.Tags) is { } doubt)
        {
            sink.Doubt(this, group, [doubt]);
            return;
        }

        var days = parameters.Get(AuditParameters.StaleDays);
        if (days == 0)
        {
            sink.Report(this, group, "The group is open to a large part of the Internet and has no owner.", evidence);
        }
        else if (parameters.Get(AuditParameters.ChangedTags).ValueIn(group.Group.Tags) is not { Length: >= 10 } text
            || !DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var changed))
        {
            sink.Doubt(this, group, [parameters.Get(AuditParameters.ChangedTags).DoubtIn(group.Group.Tags) ?? "one reading does not tell when the group was last changed"]);
        }
        else if (changed.DayNumber + days < group.Context.Today.DayNumber)
        {
            sink.Report(this, group, $"The group is open to a large part of the Internet, has no owner and was last changed on {changed:yyyy-MM-dd}.", evidence);
        }
    }

    private static List<SecurityGroupRule> Broad(DirectionFacts ingress)
    {
        var evidence = new List<SecurityGroupRule>(ingress.WorldEvidence(ServiceSet.Any));
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (!ingress.World(family).Near.Services.IsEmpty) evidence.AddRange(ingress.RulesAt(ingress.World(family).NearEvidence()));
        }

        return evidence;
    }
}
