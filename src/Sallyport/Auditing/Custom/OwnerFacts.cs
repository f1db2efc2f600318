using Sallyport.Estates;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Custom;

/// <summary>Facts about the group that is judged.</summary>
internal sealed class OwnerFacts(FactReader facts, ConditionReader conditions)
{
    public static KeyTable Keys { get; } = new(
        "group", "", ["id", "name", "description", "account", "region", "vpc", "tag", "hasTag", "attached", "default", "rulesMoreThan"]);

    public Clause? Read(string key, SyntaxNode node) => key switch
    {
        "id" => Text(node, key, g => g.Id.Value),
        "name" => facts.Texts(node, "group name", false, (s, matches) => s.Group.NameDoubt is { } doubt ? Judgement.Unknown(doubt) : Judgement.Of(matches(s.Group.Group.Name))),
        "description" => facts.Texts(node, "group description", false, (s, matches) => s.Group.DescriptionDoubt is { } doubt ? Judgement.Unknown(doubt) : Judgement.Of(matches(s.Group.Group.Description))),
        "account" => Text(node, key, g => g.Scope.Account),
        "region" => Text(node, key, g => g.Scope.Region),
        "vpc" => Text(node, key, g => g.Vpc?.Value ?? string.Empty),
        "tag" => conditions.Tags(node, "group tag", false, TagsOf),
        "hasTag" => conditions.HasTag(node, "group hasTag", false, TagsOf),
        "attached" => facts.Flag(node, "group attached", false, IsAttached, AuditNeed.Interfaces),
        "default" => facts.Flag(node, "group default", false, s => Judgement.Of(s.Group.Group.IsDefault)),
        "rulesMoreThan" => facts.MoreThan(node, "group rulesMoreThan", false, s => s.Group.Group.Rules.Length),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    private Clause? Text(SyntaxNode node, string key, Func<SecurityGroup, string> text) =>
        facts.Texts(node, $"group {key}", false, (s, matches) => Judgement.Of(matches(text(s.Group.Group))));

    private static Judgement IsAttached(Subject subject) =>
        subject.Group.IsAttached is { } known ? Judgement.Of(known) : Judgement.Unknown("interfaces were not read");

    private static (Tags? Tags, string? Gap) TagsOf(Subject subject) => (subject.Group.Group.Tags, null);
}
