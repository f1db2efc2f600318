using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-05: the group lacks a required tag.</summary>
internal sealed class MissingTags : AuditRule
{
    public override string Code => "SP-NAM-05";

    public override string Title => "Missing tags";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.RequiredTags];

    public override RuleGuide Guide => new(
        What: "The group lacks one of required.tags, or has it without a value. The letter case of keys does not count.",
        Why: "Without an owner there is nobody to ask, without an application or an environment nobody knows what a change would break.",
        Fix: "Add the tags.",
        Fires: "group web tag owner=net tag app=shop",
        Quiet: "group web tag Owner=net tag app=shop tag env=prod");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var missing = new List<string>();
        List<string>? gaps = null;
        foreach (var key in group.Context.Parameters.Get(AuditParameters.RequiredTags))
        {
            var keys = ImmutableArray.Create(key);
            if (keys.ValueIn(group.Group.Tags) is not null || HasPartOf(key, group.Group.Tags)) continue;
            if (keys.DoubtIn(group.Group.Tags) is { } doubt) (gaps ??= []).Add(doubt);
            else missing.Add(key);
        }

        // A source that tells rules alone knows neither names nor tags.
        if (missing.Count > 0 && group.Group is { Name: "", UnknownName: null, Tags.IsEmpty: true }) sink.Doubt(this, group, ["the group's tags were not read"]);
        else if (missing.Count > 0) sink.Report(this, group, $"The group has no tag {string.Join(", ", missing)}.", []);
        else if (gaps is not null) sink.Doubt(this, group, gaps);
    }

    // Whatever ${Stage}-web will be, it is not empty.
    private static bool HasPartOf(string key, Tags tags) =>
        !tags.Unknown.IsEmpty && tags.Pairs.Any(t => t.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && !OpenText.MayBeEmpty(t.Value));
}
