namespace Sallyport.Connectivity.Differences;

/// <summary>Flows from every end of one set to every end of another, as they were found.</summary>
/// <param name="From">Number of the sources' set.</param>
/// <param name="To">Number of the targets' set.</param>
/// <param name="Services">Service-set number.</param>
/// <param name="Anchor">
/// What made the difference: the number of the group whose rules differ, or -1 - the class that differs itself. Found at its targets'
/// side, it is common to the targets and the sources vary; found at the sources', the other way round.
/// </param>
/// <param name="IsAtTarget">True when it was found at the targets' side.</param>
internal readonly record struct FlowBlock(int From, int To, int Services, int Anchor, bool IsAtTarget);
