namespace Sallyport.Estates;

/// <summary>
/// Names, descriptions and tags longer than AWS takes. A report repeats the name of a group in each of its findings, so one of some megabytes in a
/// file made by somebody else would make a report of gigabytes.
/// </summary>
internal static class LongText
{
    /// <summary>Most characters that are kept: four times what EC2 allows for a name, a description or the value of a tag.</summary>
    public const int Most = 1024;

    /// <summary>The text itself, or its beginning and an ellipsis; never half a character.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= Most) return text;
        var end = Most - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return $"{text[..end]}…";
    }

    /// <summary>The tags with long keys and values cut.</summary>
    public static Tags Cut(Tags tags) => IsLong(tags) ? Tags.Of(tags.Pairs.Select(p => new KeyValuePair<string, string>(Cut(p.Key), Cut(p.Value)))) : tags;

    /// <summary>The group with its long texts cut, and which one was longest and how long; null when none was long.</summary>
    public static (SecurityGroup Group, string What, int Length)? Cut(SecurityGroup group)
    {
        if (group.Name.Length <= Most && group.Description.Length <= Most && !IsLong(group.Tags)) return null;
        var tag = group.Tags.Pairs.Select(p => Math.Max(p.Key.Length, p.Value.Length)).DefaultIfEmpty().Max();
        var (what, length) = new[] { ("name", group.Name.Length), ("description", group.Description.Length), ("tag", tag) }.MaxBy(t => t.Item2);
        return (group with { Name = Cut(group.Name), Description = Cut(group.Description), Tags = Cut(group.Tags) }, what, length);
    }

    private static bool IsLong(Tags tags)
    {
        foreach (var (key, value) in tags.Pairs)
        {
            if (key.Length > Most || value.Length > Most) return true;
        }

        return false;
    }
}
