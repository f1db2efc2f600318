namespace Sallyport.Auditing.Parameters;

public static partial class AuditParameters
{
    /// <summary>Parameters of SP-ING, SP-PRT, SP-EGR, SP-DEF and SP-VAL.</summary>
    private static AuditParameter[] Exposure =>
    [
    ];
}
