using Sallyport.Connectivity.Questions;

namespace Sallyport.Reports.Connectivity;

/// <summary>What one layer does to a question, in a word.</summary>
internal static class LayerStanding
{
    /// <summary><c>passes</c>, <c>unknown</c>, <c>partly</c> (some services, or for some pairs) or <c>stops</c>.</summary>
    public static string Word(LayerAnswer layer, ReachAnswer answer)
    {
        if (answer.Asked.IsSubsetOf(layer.Passes)) return "passes";
        if (answer.Asked.IsSubsetOf(layer.Passes.Union(layer.Unknown))) return "unknown";
        return layer.Passes.IsEmpty && layer.Unknown.IsEmpty && answer.Allowed.IsEmpty ? "stops" : "partly";
    }
}
