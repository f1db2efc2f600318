using Sallyport.Auditing.Rules.Validity;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-VAL.</summary>
    private static AuditRule[] Validity =>
    [
        new MalformedInput(),
        new IncompleteInventory(),
        new UnusualProtocolToWorld(),
        new RuleNeverMatches(),
        new TranslatedPeer(),
    ];
}
