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

    /// <summary>The page of a rule of the catalogue.</summary>
    public static string PageOf(string rule) => $"{Home}/blob/main/docs/rules/{Uri.EscapeDataString(rule)}.md";
}
