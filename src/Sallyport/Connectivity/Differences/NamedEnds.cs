namespace Sallyport.Connectivity.Differences;

/// <summary>A name and the ends it stands for in one box; no ends where it stands for addresses outside.</summary>
internal sealed record NamedEnds(DiffEnd Name, int[] Ends);
