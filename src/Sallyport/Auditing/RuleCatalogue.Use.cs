using Sallyport.Auditing.Rules.Use;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-USE.</summary>
    private static AuditRule[] Use =>
    [
        new UnusedGroup(),
    ];
}
