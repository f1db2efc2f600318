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

    /// <summary>True unless the code lacks the rule so far.</summary>
    internal bool IsOfWrittenRule => Kind != CodeChangeKind.Add;

    /// <summary>The rule as the code declares it; null for one that it lacks.</summary>
    public SecurityGroupRule? Declared => Group.Rules.FirstOrDefault(r => r.Key == Rule);
}
