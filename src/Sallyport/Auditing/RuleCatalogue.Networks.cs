namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-REF, SP-NACL, SP-VPC, SP-PL and SP-MON.</summary>
    private static AuditRule[] Networks =>
    [
    ];
}
