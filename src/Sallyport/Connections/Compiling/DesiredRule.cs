using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>One rule that the connections ask for, on one side.</summary>
/// <param name="Group">The group that shall own the rule; the name in the file, as a symbolic id, when no estate resolved it.</param>
/// <param name="Key">Direction, service and peer. A group peer may be symbolic too.</param>
/// <param name="Description">What EC2 shall show: <c>reason [id]</c>, within EC2's character set and 255 characters.</param>
/// <param name="Origins">Ids of the connections (or residuals) that own the rule, sorted; revoked only when none is left. Empty for what other code declares: its tags are not ours to set.</param>
public sealed record DesiredRule(SecurityGroupId Group, RuleKey Key, string Description, ImmutableArray<string> Origins);
