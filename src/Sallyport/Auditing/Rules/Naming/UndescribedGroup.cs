using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-03: the description says nothing.</summary>
internal sealed class UndescribedGroup : AuditRule
{
    public override string Code => "SP-NAM-03";

    public override string Title => "No/placeholder group description";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.DescriptionPlaceholders];

    public override RuleGuide Guide => new(
        What: "The group's description is empty, is its name, or is one of description.placeholders, in any letter case.",
        Why: "Nobody dares to change a group when nobody knows why it is there.",
        Fix: "A description cannot be changed: say in a tag what the group is for, and describe it when it is next made anew.",
        Fires: "group web described \"Managed by Terraform\"",
        Quiet: "group web described \"Front ends of the shop\"");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var text = group.Group.Description.Trim();
        if (Doubts(group, text) is { Count: > 0 } gaps)
        {
            sink.Doubt(this, group, gaps);
        }
        else if (group.DescriptionDoubt is not null)
        {
            // What is known of it says something.
        }
        else if (text.Length == 0 && group.Group.Name.Length == 0)
        {
            sink.Doubt(this, group, ["the group's description was not read"]);
        }
        else if (text.Length == 0)
        {
            sink.Report(this, group, "The group has no description.", []);
        }
        else if (text.Equals(group.Group.Name, StringComparison.OrdinalIgnoreCase) || IsPlaceholder(group.Context, text))
        {
            sink.Report(this, group, $"The description \"{text}\" says nothing about the group.", []);
        }
    }

    // Only what the answer hangs on: no unknown part makes a placeholder of a text that says something.
    private static List<string> Doubts(GroupFacts group, string text)
    {
        var isOpen = group.DescriptionDoubt is not null;
        var mayBePlaceholder = isOpen && (OpenText.MayBeEmpty(text) || group.Context.Parameters.Get(AuditParameters.DescriptionPlaceholders).Any(p => OpenText.MayBe(text, p)));
        var isPlaceholder = !isOpen && (text.Length == 0 || IsPlaceholder(group.Context, text));
        var mayBeName = !isPlaceholder && (group.NameDoubt is not null || (isOpen && OpenText.MayBe(text, group.Group.Name)));
        return [.. new[] { mayBePlaceholder || (mayBeName && isOpen) ? group.DescriptionDoubt : null, mayBeName ? group.NameDoubt : null }.OfType<string>()];
    }

    /// <summary>Is the text one that tools put where people should have written something?</summary>
    internal static bool IsPlaceholder(AuditContext context, string text)
    {
        foreach (var placeholder in context.Parameters.Get(AuditParameters.DescriptionPlaceholders))
        {
            if (text.Equals(placeholder, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
