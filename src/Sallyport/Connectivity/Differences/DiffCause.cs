using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>One thing that made a difference.</summary>
/// <param name="Input">Which input it belongs to.</param>
/// <param name="Text">For people, and for programs that know no more: <c>sg-… ingress tcp/22 from 0.0.0.0/0</c>.</param>
public sealed record DiffCause(DiffInput Input, string Text)
{
    /// <summary>The rule that came, went, or came to match; null when no rule did.</summary>
    public SecurityGroupRuleId? Rule { get; init; }

    /// <summary>Owner of the rule; null without one.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>True when no input alone would have made the difference, and this is one of those that did it together.</summary>
    public bool IsCombined { get; init; }
}
