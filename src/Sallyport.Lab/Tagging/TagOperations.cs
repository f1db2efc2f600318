using Sallyport.Estates;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Tagging;

/// <summary>Tags of existing resources of any kind.</summary>
internal static class TagOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Change("CreateTags", "DryRun:bool,ResourceId*.n,Tag*.n.{Key,Value}", Create),
        Operation.Change("DeleteTags", "DryRun:bool,ResourceId*.n,Tag.n.{Key,Value}", Delete),
        TagsOfAll.ToOperation(),
    ];

    private static Describe<(string Resource, string Type, string Key, string Value)> TagsOfAll => new(
        "DescribeTags",
        "tagSet",
        (call, after) => TaggedResources.All(call)
            .SelectMany(r => r.Tags.Pairs.Select(p => (r.Id, r.Kind.TagType, p.Key, p.Value)))
            .OrderBy(t => $"{t.Id} {t.Key}", StringComparer.Ordinal)
            .Where(t => after is null || string.CompareOrdinal($"{t.Id} {t.Key}", after) > 0),
        t => $"{t.Resource} {t.Key}",
        (_, t) => writer =>
        {
            writer.Text("resourceId", t.Resource);
            writer.Text("resourceType", t.Type);
            writer.Text("key", t.Key);
            writer.Text("value", t.Value);
        })
    {
        PageBounds = string.Empty,
        Filters =
        [
            ("key", (_, t) => [t.Key]),
            ("resource-id", (_, t) => [t.Resource]),
            ("resource-type", (_, t) => [t.Type]),
            ("value", (_, t) => [t.Value]),
        ],
    };

    private static Reply Create(Call call)
    {
        var tags = TagReader.Read(call.Input.Items("Tag"), call.Quotas.TagsPerResource, "request");
        var changes = new List<(string Id, Tags Tags)>();
        foreach (var id in call.Input.Texts("ResourceId").Distinct())
        {
            var merged = Tags.Of([.. TaggedResources.Find(call, id).Pairs, .. tags.Pairs]);
            if (merged.Pairs.Length > call.Quotas.TagsPerResource) throw Refusals.TagLimit(id);
            changes.Add((id, merged));
        }

        call.EndOfChecks();
        foreach (var (id, merged) in changes) TaggedResources.Put(call, id, merged);
        return Reply.True;
    }

    /// <summary>A tag with a value goes only if the value is the same; without tags all go (EC2 API: DeleteTags).</summary>
    private static Reply Delete(Call call)
    {
        var wanted = call.Input.Items("Tag").Select(t => (Key: t.Text("Key") ?? throw Refusals.MissingParameter("Tag.Key"), Value: t.Raw("Value"))).ToList();
        foreach (var (key, _) in wanted) TagReader.CheckKey(key);
        var changes = new List<(string Id, Tags Tags)>();
        foreach (var id in call.Input.Texts("ResourceId").Distinct())
        {
            var kept = TaggedResources.Find(call, id).Pairs.Where(p => wanted.Count == 0
                ? p.Key.StartsWith("aws:", StringComparison.Ordinal)
                : !wanted.Exists(w => w.Key == p.Key && (w.Value is null || w.Value == p.Value)));
            changes.Add((id, Tags.Of(kept)));
        }

        call.EndOfChecks();
        foreach (var (id, kept) in changes) TaggedResources.Put(call, id, kept);
        return Reply.True;
    }
}
