namespace Sallyport.Estates.AwsCli;

/// <summary>Finds account and Region in what EC2 says beside a thing: its owner, its ARN, its zone.</summary>
public static class ScopeNames
{
    /// <summary>Owner and ARN first, then the fallback. Null or empty parts say nothing.</summary>
    public static Scope Of(Scope fallback, string? owner, string? arn, string? region = null)
    {
        if (arn is null && region is null && (owner is null || owner == fallback.Account)) return fallback;
        var (arnRegion, arnAccount) = Parse(arn);
        return new Scope(
            IsAccount(owner) ? owner! : arnAccount ?? fallback.Account,
            region is { Length: > 0 } ? region : arnRegion ?? fallback.Region);
    }

    /// <summary><c>eu-west-1</c> of <c>eu-west-1a</c>, <c>us-west-2</c> of <c>us-west-2-lax-1a</c>; null for anything else.</summary>
    public static string? RegionOfZone(string? zone)
    {
        if (zone is null) return null;
        var end = zone.AsSpan().IndexOfAnyInRange('0', '9');
        while (end >= 0 && end < zone.Length && char.IsAsciiDigit(zone[end])) end++;
        return end > 0 && IsRegion(zone[..end]) ? zone[..end] : null;
    }

    /// <summary>True for twelve digits.</summary>
    public static bool IsAccount(string? text) => text is { Length: 12 } && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>True for the form of a Region's name, such as <c>us-gov-west-1</c>.</summary>
    public static bool IsRegion(string text)
    {
        var words = text.Split('-');
        return words.Length is 3 or 4
            && words[0].Length is >= 2 and <= 4
            && words[..^1].All(w => w.Length > 0 && w.All(char.IsAsciiLetterLower))
            && words[^1].Length is 1 or 2 && words[^1].All(char.IsAsciiDigit);
    }

    private static (string? Region, string? Account) Parse(string? arn)
    {
        if (arn is null || !arn.StartsWith("arn:", StringComparison.Ordinal)) return (null, null);
        Span<Range> parts = stackalloc Range[6];
        if (arn.AsSpan().Split(parts, ':') < 6) return (null, null);
        var (region, account) = (arn[parts[3]], arn[parts[4]]);
        return (region.Length > 0 ? region : null, IsAccount(account) ? account : null);
    }
}
