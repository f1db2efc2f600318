using System.Collections.Immutable;

namespace Sallyport.Auditing.Waivers;

/// <summary>The waivers of one file.</summary>
/// <param name="Items">In file order.</param>
public sealed record WaiverList(ImmutableArray<Waiver> Items);
