namespace Sallyport.Reports;

/// <summary>How the tool names itself in formats that ask for it.</summary>
internal static class ToolIdentity
{
    /// <summary>As a program.</summary>
    public const string Name = "sallyport";

    /// <summary>As a product.</summary>
    public const string Product = "Sallyport";
}
