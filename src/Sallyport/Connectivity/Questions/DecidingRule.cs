using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>A rule that lets part of an answer through on its side.</summary>
/// <param name="Group">The group that owns it.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Services">The part.</param>
public sealed record DecidingRule(SecurityGroup Group, SecurityGroupRule Rule, ServiceSet Services)
{
    /// <summary>The rule's id; where the source told none, what it says: <c>sg-… egress tcp/443 to 10.0.0.0/8</c>.</summary>
    public override string ToString() => Rule.Id?.Value
        ?? $"{Group.Id} {(Rule.Direction == Direction.Egress ? "egress" : "ingress")} {Rule.Service} {(Rule.Direction == Direction.Egress ? "to" : "from")} {Rule.Peer}";
}
