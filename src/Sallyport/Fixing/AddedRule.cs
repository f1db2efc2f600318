using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Fixing;

/// <summary>A rule that a fix adds.</summary>
/// <param name="Key">Direction, service and peer.</param>
/// <param name="Reason">Why it is there; becomes its description within EC2's character set.</param>
/// <param name="Origins">Ids of the connections that own it, or codes of the audit rules whose findings it answers.</param>
public sealed record AddedRule(RuleKey Key, string Reason, ImmutableArray<string> Origins);
