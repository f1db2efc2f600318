using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Tagging;

/// <summary>Reads and checks tags of requests (EC2 user guide: tag restrictions).</summary>
internal static class TagReader
{
    /// <summary>The parameter of calls that create something.</summary>
    public const string Notation = "TagSpecification.n.{ResourceType,Tag.n.{Key,Value}}";

    /// <summary>Tags a created resource of one kind gets.</summary>
    public static Tags FromSpecifications(Call call, ResourceKind kind)
    {
        var tags = Tags.None;
        var seen = false;
        foreach (var specification in call.Input.Items("TagSpecification"))
        {
            var type = specification.Required("ResourceType");
            if (type != kind.TagType) throw Refusals.TagResourceType(type);
            if (seen) throw Refusals.InvalidValue($"The resource type '{type}' is given more than once in TagSpecifications.");
            seen = true;
            tags = Read(specification.Items("Tag"), call.Quotas.TagsPerResource, kind.Words);
        }

        return tags;
    }

    /// <summary>Tags to set.</summary>
    public static Tags Read(IEnumerable<ParameterNode> nodes, int limit, string resource)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var key = node.Text("Key") ?? throw Refusals.MissingParameter("Tag.Key");
            var value = node.Raw("Value") ?? string.Empty;
            CheckKey(key);
            if (value.Length > 256) throw Refusals.BadTag($"Tag value exceeds the maximum length of 256 characters: '{value[..32]}…'");
            if (!pairs.TryAdd(key, value)) throw Refusals.BadTag($"Duplicate tag keys found: '{key}'. Each key must be unique.");
        }

        return pairs.Count <= limit ? Tags.Of(pairs) : throw Refusals.TagLimit(resource);
    }

    /// <summary>Refuses keys that are reserved or too long.</summary>
    public static void CheckKey(string key)
    {
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw Refusals.ReservedTag();
        if (key.Length > 128) throw Refusals.BadTag($"Tag key exceeds the maximum length of 128 characters: '{key[..32]}…'");
    }
}
