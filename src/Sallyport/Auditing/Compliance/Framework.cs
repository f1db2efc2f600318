namespace Sallyport.Auditing.Compliance;

/// <summary>A compliance framework that rules are mapped to. Its clauses are named by number; their texts are their publishers'.</summary>
/// <param name="Name">As given to <c>--framework</c>: <c>CIS-AWS-3.0</c>.</param>
/// <param name="Title">What its publisher calls it.</param>
/// <param name="Version">The version the numbers belong to; empty where there are no versions.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Note">What a reader must know about our mapping; empty when there is nothing.</param>
public sealed record Framework(string Name, string Title, string Version, string Publisher, string Note = "");
