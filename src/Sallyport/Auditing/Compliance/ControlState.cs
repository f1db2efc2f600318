namespace Sallyport.Auditing.Compliance;

/// <summary>What an audit says about one clause of a framework.</summary>
public enum ControlState
{
    /// <summary>Every rule of it that ran found nothing that counts.</summary>
    Pass,

    /// <summary>A rule of it found something that nobody waived.</summary>
    Fail,

    /// <summary>Nothing was found, but a rule of it could not judge everything.</summary>
    Unknown,

    /// <summary>None of its rules ran.</summary>
    NotAssessed,
}
