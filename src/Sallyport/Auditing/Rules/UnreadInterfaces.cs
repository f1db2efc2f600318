using Sallyport.Estates;

namespace Sallyport.Auditing.Rules;

/// <summary>
/// For rules that can say nothing of any group where interfaces were not read: one unknown verdict an account and Region, not one a
/// group.
/// </summary>
internal static class UnreadInterfaces
{
    /// <summary>Doubts the rule for every account and Region with groups whose interfaces were not wholly read.</summary>
    public static void Doubt(AuditRule rule, AuditContext context, AuditSink sink)
    {
        foreach (var scope in context.Estate.SecurityGroups.Select(g => g.Scope).Distinct().Where(s => AreMissing(context, s)))
        {
            sink.Doubt(rule, FindingResource.Of(scope), [$"{scope.Describe("interfaces")} were not read"]);
        }
    }

    /// <summary>True when the group may be carried by interfaces that nobody read.</summary>
    public static bool AreMissing(AuditContext context, Scope scope) => context.Facts.IsMissing(GapKind.NetworkInterfaces, scope);
}
