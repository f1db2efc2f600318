using Sallyport.Auditing.Rules.Ports;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-PRT.</summary>
    private static AuditRule[] Ports =>
    [
        .. PortTable.Rows.Select(row => new RiskyPortFromWorld(row)),
        new CustomPortFromWorld(),
    ];
}
