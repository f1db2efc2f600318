namespace Sallyport.Policies;

/// <summary>How a test ended.</summary>
public enum TestOutcome
{
    /// <summary>It holds, whatever the gaps hold.</summary>
    Pass,

    /// <summary>It certainly does not hold.</summary>
    Fail,

    /// <summary>Something that was not read decides.</summary>
    Unknown,
}
