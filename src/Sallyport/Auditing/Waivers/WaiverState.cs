namespace Sallyport.Auditing.Waivers;

/// <summary>What became of a waiver in a run.</summary>
public enum WaiverState
{
    /// <summary>It covers a finding.</summary>
    Used,

    /// <summary>Its rules ran and none found anything it covers: it can go.</summary>
    Unused,

    /// <summary>Its last day is over: what it covered counts again.</summary>
    Expired,

    /// <summary>None of its rules ran this time.</summary>
    NotChecked,
}
