namespace Sallyport.Auditing.Baselines;

/// <summary>What an audit makes of its baseline. Known findings are counted, not listed.</summary>
/// <param name="File">What the baseline was read from.</param>
/// <param name="Known">Findings of now that the baseline has, no less severe then.</param>
/// <param name="Worse">Findings of now that the baseline has with a lower severity: listed as new.</param>
/// <param name="Gone">Findings of the baseline that are no more.</param>
/// <param name="NotChecked">Findings of the baseline that this run could not decide: their rule did not run or says unknown, or their account and Region were not read.</param>
public sealed record BaselineComparison(string File, int Known, int Worse, int Gone, int NotChecked);
