namespace Sallyport.Auditing;

/// <summary>Families of audit rules, as the catalogue's sections group them.</summary>
public enum RuleFamily
{
    /// <summary>SP-ING: who may come in.</summary>
    Ingress,

    /// <summary>SP-EGR: who may be reached.</summary>
    Egress,

    /// <summary>SP-DEF: the default group.</summary>
    Default,

    /// <summary>SP-USE: use and disuse.</summary>
    Use,

    /// <summary>SP-PAIR: both sides of a connection.</summary>
    Pair,

    /// <summary>SP-OVL: rules that others make needless.</summary>
    Overlap,

    /// <summary>SP-VAL: input that cannot be judged as it stands.</summary>
    Validity,
}
