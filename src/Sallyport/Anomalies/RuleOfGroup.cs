using Sallyport.Estates;

namespace Sallyport.Anomalies;

/// <summary>A rule with the group that owns it.</summary>
public sealed record RuleOfGroup(SecurityGroupId Group, SecurityGroupRule Rule)
{
    /// <summary><c>sg-… ingress tcp/443 from 10.0.0.0/8</c>.</summary>
    public override string ToString() => $"{Group} {Rule.Key}";
}
