namespace Sallyport.Auditing.Parameters;

public static partial class AuditParameters
{
    /// <summary>Parameters of SP-REF, SP-NACL, SP-VPC, SP-PL, SP-MON, SP-PAIR, SP-DECL and SP-OVL.</summary>
    private static AuditParameter[] Networks =>
    [
    ];
}
