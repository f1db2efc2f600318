using Sallyport.Connections.Compiling;
using Sallyport.Estates;

namespace Sallyport.Templates;

/// <summary>One rule on its way into code.</summary>
/// <param name="Name">
/// <c>web-to-db tcp/3306 web -> db</c>: the first connection that owns it, the service, who to whom. Unique within a direction, the same
/// for both halves of a pair, and untouched by what else the connection declares, so that no rule is replaced because of another.
/// </param>
/// <param name="Rule">What is declared.</param>
/// <param name="Scope">Where its group lives; unknown parts are empty.</param>
internal sealed record WrittenRule(string Name, DesiredRule Rule, Scope Scope)
{
    /// <summary>The rule in AWS that is this one already; null when there is none, or its id is not known.</summary>
    public SecurityGroupRuleId? Existing { get; init; }

    /// <summary>The account of a referenced group when it is not that of the rule's own group.</summary>
    public string? PeerAccount { get; init; }

    /// <summary>The first connection that owns it; empty when nothing says.</summary>
    public string Origin => Rule.Origins.IsEmpty ? string.Empty : Rule.Origins[0];

    /// <summary>Value of the ownership tag; empty when nothing says.</summary>
    public string Owners => Rule.Origins.IsEmpty ? string.Empty : OwnershipTag.Of(Rule.Origins).Value;

    /// <summary>Direction, service and peer.</summary>
    public RuleKey Key => Rule.Key;
}
