namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-PRT.</summary>
    private static AuditRule[] Ports =>
    [
    ];
}
