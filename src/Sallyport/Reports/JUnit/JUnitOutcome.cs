namespace Sallyport.Reports.JUnit;

/// <summary>What became of a test case.</summary>
internal enum JUnitOutcome
{
    /// <summary>The rule found nothing.</summary>
    Passed,

    /// <summary>A finding.</summary>
    Failed,

    /// <summary>Not known: what decides it was not read.</summary>
    Broken,

    /// <summary>Waived, or not assessed.</summary>
    Skipped,
}
