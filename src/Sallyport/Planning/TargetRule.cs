using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>A rule that shall exist, with its text.</summary>
internal sealed record TargetRule(RuleKey Key, string Description, Tags Tags, ImmutableArray<string> Origins);
