namespace Sallyport.Aws.Ec2;

/// <summary>Names of Regions, which become part of host names and so are checked wherever they come from.</summary>
internal static class RegionName
{
    /// <summary>The word for every Region.</summary>
    public const string All = "all";

    /// <summary>True for two or more groups of lower-case letters and a number, joined by dashes: <c>us-gov-west-1</c>.</summary>
    public static bool IsValid(string text)
    {
        var parts = text.Split('-');
        return text.Length <= 32 && parts.Length is >= 3 and <= 5
            && parts[..^1].All(p => p.Length > 0 && p.All(char.IsAsciiLetterLower))
            && parts[^1].Length is 1 or 2 && parts[^1].All(char.IsAsciiDigit);
    }
}
