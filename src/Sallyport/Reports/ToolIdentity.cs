using Sallyport.Auditing;

namespace Sallyport.Reports;

/// <summary>How the tool names itself in formats that ask for it.</summary>
internal static class ToolIdentity
{
    /// <summary>As a program.</summary>
    public const string Name = "sallyport";

    /// <summary>As a product.</summary>
    public const string Product = "Sallyport";

    /// <summary>Where the sources are.</summary>
    public const string Home = "https://github.com/sallyport/sallyport";

    /// <summary>The page of a rule; null for a user's own.</summary>
    public static string? PageOf(AuditRule rule) =>
        rule.Family == RuleFamily.Custom ? null : $"{Home}/blob/main/docs/rules/{Uri.EscapeDataString(rule.Code)}.md";
}
