namespace Sallyport.Auditing.Waivers;

/// <summary>A waiver and what became of it in a run.</summary>
/// <param name="Waiver">The waiver.</param>
/// <param name="State">What became of it.</param>
/// <param name="Findings">Findings that it covers; of an expired one those that it would.</param>
public sealed record WaiverUse(Waiver Waiver, WaiverState State, int Findings);
