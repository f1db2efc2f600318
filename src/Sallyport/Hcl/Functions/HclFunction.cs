using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <summary>One function.</summary>
/// <param name="Name">As called.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Body">Null when the arguments have a wrong type or an unknown inside that matters.</param>
/// <param name="TakesUnknown">Whether the body sees unknown arguments.</param>
internal sealed record HclFunction(string Name, int Least, int Most, Func<IReadOnlyList<HclValue>, HclValue?> Body, bool TakesUnknown = false);
