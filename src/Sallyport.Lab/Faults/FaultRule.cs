namespace Sallyport.Lab.Faults;

/// <summary>One entry of a schedule.</summary>
/// <param name="Operation">An operation's name or <c>*</c>.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Probability">0 to 1, for each call.</param>
internal sealed record FaultRule(string Operation, FaultKind Kind, double Probability);
