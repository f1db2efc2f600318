namespace Sallyport.Auditing.Parameters;

public static partial class AuditParameters
{
    /// <summary>Parameters of SP-NAM, SP-USE, SP-SPR, SP-QTA and of tiers and environments.</summary>
    private static AuditParameter[] Strategy =>
    [
    ];
}
