using Sallyport.Estates;

namespace Sallyport.Anomalies;

/// <summary>A judgement that depends on something that was not read: neither an anomaly nor none.</summary>
/// <param name="Kind">What cannot be judged.</param>
/// <param name="Group">Of which group.</param>
/// <param name="Rule">Of which rule; null when it concerns every rule of the group that is not reported.</param>
/// <param name="Gap">One clause: what is missing.</param>
public sealed record AnomalyDoubt(AnomalyKind Kind, SecurityGroupId Group, SecurityGroupRule? Rule, string Gap)
{
    /// <summary><c>RED1 sg-… ingress …: the entries of …</c>.</summary>
    public override string ToString() => $"{AnomalyKinds.CodeOf(Kind)} {Group}{(Rule is null ? "" : $" {Rule.Key}")}: {Gap}";
}
