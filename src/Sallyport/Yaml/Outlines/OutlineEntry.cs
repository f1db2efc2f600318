namespace Sallyport.Yaml.Outlines;

/// <summary>One key of a mapping with its value.</summary>
internal sealed record OutlineEntry(OutlineNode Key, OutlineNode Value)
{
    /// <summary>After the last character of key and value.</summary>
    public int End => Math.Max(Key.End, Value.End);
}
