using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>A rule that names a group, and the same rule for another group.</summary>
/// <param name="Group">Owner of the rule.</param>
/// <param name="Before">The rule now.</param>
/// <param name="After">The rule it becomes.</param>
/// <param name="IsThere">True when the owner has that rule already.</param>
public sealed record ReferenceChange(SecurityGroupId Group, RuleKey Before, RuleKey After, bool IsThere);
