using Sallyport.Estates;

namespace Sallyport.Patching;

/// <summary>One change of one rule, in the words of the code that declares it.</summary>
/// <param name="Group">The group as the code declares it.</param>
/// <param name="Rule">The rule; groups are called as the code calls them.</param>
/// <param name="IsRemoval">False for a rule that the code lacks.</param>
public sealed record CodeChange(SecurityGroup Group, RuleKey Rule, bool IsRemoval)
{
    /// <summary>Description of an added rule; empty for none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Where the rule to remove is declared; null when that is not known.</summary>
    public SecurityGroupRule? Declared => Group.Rules.FirstOrDefault(r => r.Key == Rule);
}
