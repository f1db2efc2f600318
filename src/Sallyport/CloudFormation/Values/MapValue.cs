using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Values;

/// <summary>A mapping; never holds a <see cref="NothingValue"/>.</summary>
internal sealed record MapValue(ImmutableArray<KeyValuePair<string, TemplateValue>> Entries, SourceSpan At) : TemplateValue(At)
{
    /// <summary>The value of a key; null when it is absent.</summary>
    public TemplateValue? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key) return entry.Value;
        }

        return null;
    }
}
