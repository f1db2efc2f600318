using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>One unknown verdict for each account and Region whose interfaces were not read, in place of one for each group.</summary>
internal static class UnreadInterfaces
{
    public static void Doubt(AuditRule rule, AuditContext context, AuditSink sink)
    {
        foreach (var scope in context.Estate.SecurityGroups.Select(g => g.Scope).Distinct())
        {
            if (context.Facts.IsMissing(GapKind.NetworkInterfaces, scope)) sink.Doubt(rule, FindingResource.Of(scope), [$"interfaces of {scope} were not read"]);
        }
    }
}
