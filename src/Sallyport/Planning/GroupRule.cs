using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>A rule together with the group that owns it.</summary>
public sealed record GroupRule(SecurityGroupId Group, PlanRule Rule);
