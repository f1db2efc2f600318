using Sallyport.Estates;

namespace Sallyport.Patching;

/// <summary>One change of one rule, in the words of the code that declares it.</summary>
/// <param name="Group">The group as the code declares it.</param>
/// <param name="Rule">The rule; groups are called as the code calls them.</param>
/// <param name="Kind">What happens to it.</param>
public sealed record CodeChange(SecurityGroup Group, RuleKey Rule, CodeChangeKind Kind)
{
    /// <summary>The description that the rule shall have; empty for none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>
    /// True for a removed rule that others take the place of: where one of these cannot be written, it stays, for removing it alone
    /// would stop what is needed.
    /// </summary>
    public bool IsReplaced { get; init; }

    /// <summary>True unless the code lacks the rule so far.</summary>
    internal bool IsOfWrittenRule => Kind != CodeChangeKind.Add;

    /// <summary>The rule as the code declares it; null for one that it lacks.</summary>
    public SecurityGroupRule? Declared => Group.Rules.FirstOrDefault(r => r.Key == Rule);
}
