using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>A group that another resembles.</summary>
/// <param name="Group">The one to keep.</param>
/// <param name="Shared">Rules that both have.</param>
/// <param name="All">Rules that one of them has.</param>
internal sealed record SimilarGroup(SecurityGroup Group, int Shared, int All);
