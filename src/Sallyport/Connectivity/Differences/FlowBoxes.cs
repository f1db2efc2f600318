namespace Sallyport.Connectivity.Differences;

/// <summary>Every difference of flows: what came, what went, and what a gap decides. The three are disjoint.</summary>
internal sealed record FlowBoxes(List<FlowBox> Added, List<FlowBox> Removed, List<FlowBox> Unknown);
