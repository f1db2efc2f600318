using Sallyport.Estates;

namespace Sallyport.Auditing.Custom;

/// <summary>What a clause is asked about: one rule of a group, or the group alone.</summary>
/// <param name="Group">The group.</param>
/// <param name="Atom">Its rule; null when the whole of the group is judged.</param>
internal readonly record struct Subject(GroupFacts Group, SecurityGroupRule? Atom);
