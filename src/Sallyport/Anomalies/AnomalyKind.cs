namespace Sallyport.Anomalies;

/// <summary>What can be odd about rules of security groups. (reference: reachability-and-synthesis §6)</summary>
public enum AnomalyKind
{
    /// <summary>DUP: the same box as a rule of another group on the same interface.</summary>
    Duplicate,

    /// <summary>RED1: one other rule of the group and direction allows all that it allows.</summary>
    Subsumed,

    /// <summary>REDU: the other rules together allow all that it allows, and no single one does.</summary>
    UnionRedundant,

    /// <summary>REDA: on every interface that carries the group, its other groups allow all that it allows.</summary>
    AttachmentRedundant,

    /// <summary>GEN: allows strictly more than another rule, which was written narrower on purpose.</summary>
    Generalising,

    /// <summary>MRG: one rule that EC2 takes allows exactly what it and another allow.</summary>
    Mergeable,

    /// <summary>OVL: shares traffic with another rule, and neither holds the other.</summary>
    Overlapping,

    /// <summary>ONE-I: admits interfaces none of which may open it.</summary>
    OneSidedIngress,

    /// <summary>ONE-E: may open to interfaces none of which admits it.</summary>
    OneSidedEgress,

    /// <summary>PART: the far side covers some of it and not all.</summary>
    PartlyOneSided,

    /// <summary>VAC: no packet can match it.</summary>
    Vacuous,

    /// <summary>SHD: groups would let it through, and network ACLs or routes stop all of it.</summary>
    Shadowed,

    /// <summary>IRR: its block holds no address that can route to an interface of the group.</summary>
    Irrelevant,

    /// <summary>ASYM6: interfaces with both families are open differently by IPv4 and IPv6.</summary>
    FamilyAsymmetry,

    /// <summary>EXP/OWN: a declaration that has expired, or that nobody answers for.</summary>
    ExpiredOrUnowned,
}
