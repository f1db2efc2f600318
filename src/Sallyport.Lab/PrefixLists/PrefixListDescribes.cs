using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.PrefixLists;

/// <summary>Listings of prefix lists and their entries: the account's own and those of AWS.</summary>
internal static class PrefixListDescribes
{
    public static IEnumerable<Operation> All => [Lists.ToOperation(), Entries.ToOperation(), Services.ToOperation()];

    private static Describe<PrefixListState> Lists => new(
        "DescribeManagedPrefixLists",
        "prefixListSet",
        Visible,
        p => p.List.Id.Value,
        (_, p) => writer => PrefixListXml.Write(writer, p))
    {
        IdParameter = "PrefixListId",
        IdKind = ResourceKind.PrefixList,
        PageBounds = "[1..100]",
        Tags = p => p.List.Tags,
        Filters =
        [
            ("owner-id", (_, p) => [PrefixListXml.Owner(p)]),
            ("prefix-list-id", (_, p) => [p.List.Id.Value]),
            ("prefix-list-name", (_, p) => [p.List.Name]),
        ],
    };

    private static Describe<PrefixListEntry> Entries => new(
        "GetManagedPrefixListEntries",
        "entrySet",
        EntriesOf,
        e => e.Cidr.ToString(),
        (_, e) => writer =>
        {
            writer.Text("cidr", e.Cidr.ToString());
            writer.TextIfAny("description", e.Description);
        })
    {
        PageBounds = "[1..100]",
        MoreParameters = "PrefixListId*,TargetVersion:long",
    };

    /// <summary>The older operation: lists of AWS services only.</summary>
    private static Describe<PrefixListState> Services => new(
        "DescribePrefixLists",
        "prefixListSet",
        (call, after) => Visible(call, after).Where(p => p.List.IsAwsManaged && p.List.Entries is not null),
        p => p.List.Id.Value,
        (_, p) => writer =>
        {
            writer.Text("prefixListId", p.List.Id.Value);
            writer.Text("prefixListName", p.List.Name);
            writer.TextList("cidrSet", (p.List.Entries ?? []).Select(e => e.Cidr.ToString()));
        })
    {
        IdParameter = "PrefixListId",
        IdKind = ResourceKind.PrefixList,
        PageBounds = string.Empty,
        Filters = [("prefix-list-id", (_, p) => [p.List.Id.Value]), ("prefix-list-name", (_, p) => [p.List.Name])],
    };

    private static IEnumerable<PrefixListState> Visible(Call call, string? after) => call.World.In(call.Scope.Region)
        .SelectMany(r => r.PrefixLists.VisibleAfter(after).Where(p => p.List.IsAwsManaged || r.Scope == call.Scope))
        .GroupBy(p => p.List.Id).Select(g => g.First())
        .OrderBy(p => p.List.Id);

    private static IEnumerable<PrefixListEntry> EntriesOf(Call call, string? after)
    {
        var id = ResourceKind.PrefixList.Check(call.Input.Required("PrefixListId"));
        var state = Visible(call, null).FirstOrDefault(p => p.List.Id.Value == id) ?? throw Refusals.PrefixListNotFound(id);
        var entries = state.List.Entries ?? [];
        if (call.Input.LongNumber("TargetVersion") is { } version && version != state.List.Version)
        {
            entries = state.Older.FirstOrDefault(v => v.Number == version)?.Entries ?? throw Refusals.InvalidValue($"The prefix list version {version} does not exist.");
        }

        var keyed = entries.OrderBy(e => e.Cidr.ToString(), StringComparer.Ordinal).ToImmutableArray();
        return keyed.Where(e => after is null || string.CompareOrdinal(e.Cidr.ToString(), after) > 0);
    }
}
