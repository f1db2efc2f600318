using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-02: the name does not follow the convention.</summary>
internal sealed class UnconventionalName : AuditRule
{
    public override string Code => "SP-NAM-02";

    public override string Title => "Naming convention";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.NameRegex, AuditParameters.NamePatterns, AuditParameters.EnvironmentTag, AuditParameters.ServiceTag, AuditParameters.AppTag, AuditParameters.OsTag];

    public override RuleGuide Guide => new(
        What: "Neither the group's name nor its Name tag matches name.regex, and no template of name.patterns filled in from the group matches either: {region} is its Region, {environment}, {service}, {app} and {os} are its tags. The default group, which cannot be renamed, is left out.",
        Why: "A name that follows no rule tells nobody what the group is for, and in peered VPCs not even which group is meant.",
        Fix: "Make a group with a good name, move what carries this one to it, and delete this one: a group cannot be renamed.",
        Fires: "group web",
        Quiet: "group security-group-ew1-p-web");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.IsDefault) return;
        var names = group.Context.Strategy.Names;
        var tag = group.Group.Tags.DoubtOf("Name");
        var doubt = group.NameDoubt ?? (group.Group.Code is { HasName: false } ? "the code gives the group no name: it gets one when it is made" : null);
        if (doubt is null && names.Allows(group.Group, group.Group.Name)) return;
        if (tag is null && names.Allows(group.Group, group.Group.Tags["Name"] ?? string.Empty)) return;
        if (group.Group.Name.Length == 0) sink.Doubt(this, group, ["the group's name was not read"]);
        else if (new[] { doubt, tag, names.DoubtOf(group.Group) }.OfType<string>().ToList() is { Count: > 0 } gaps) sink.Doubt(this, group, gaps);
        else sink.Report(this, group, $"The name \"{group.Group.Name}\" does not follow the naming convention that name.regex and name.patterns set.", []);
    }
}
