namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-SPR and SP-QTA.</summary>
    private static AuditRule[] Sprawl =>
    [
    ];
}
