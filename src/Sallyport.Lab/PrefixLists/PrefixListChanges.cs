using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Groups;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.PrefixLists;

/// <summary>Customer prefix lists are made, changed and deleted; every change of entries is a new version.</summary>
internal static class PrefixListChanges
{
    private const int EntriesPerCall = 100;

    public static IEnumerable<Operation> All =>
    [
        Operation.Change(
            "CreateManagedPrefixList",
            $"PrefixListName*,Entry.n.{{Cidr*,Description}},MaxEntries*:int,AddressFamily*,ClientToken,{TagReader.Notation},DryRun:bool",
            Create),
        Operation.Change(
            "ModifyManagedPrefixList",
            "PrefixListId*,CurrentVersion:long,PrefixListName,AddEntry.n.{Cidr*,Description},RemoveEntry.n.{Cidr*},MaxEntries:int,DryRun:bool",
            Modify),
        Operation.Change("DeleteManagedPrefixList", "PrefixListId*,DryRun:bool", Delete),
    ];

    private static Reply Create(Call call)
    {
        var name = ReadName(call.Input.Required("PrefixListName"));
        var family = call.Input.Required("AddressFamily") switch
        {
            "IPv4" => IpFamily.V4,
            "IPv6" => IpFamily.V6,
            var other => throw Refusals.InvalidValue($"Value ({other}) for parameter AddressFamily is invalid. Use IPv4 or IPv6."),
        };
        var maxEntries = ReadMaxEntries(call, call.Input.Number("MaxEntries")!.Value);
        var tags = TagReader.FromSpecifications(call, ResourceKind.PrefixList);
        var entries = Apply([], family, [], ReadEntries(call, "Entry", family), maxEntries);
        var own = call.Here.PrefixLists.Values.Count(p => !p.List.IsAwsManaged);
        if (own >= call.Quotas.PrefixListsPerRegion) throw Refusals.PrefixListLimit();
        call.EndOfChecks();
        var state = new PrefixListState(new PrefixList(new PrefixListId(call.World.NewId(ResourceKind.PrefixList)), call.Scope)
        {
            Name = name,
            Owner = call.Scope.Account,
            Family = family,
            MaxEntries = maxEntries,
            Version = 1,
            Entries = entries,
            Tags = tags,
        });
        call.Here.PrefixLists.Put(state.List.Id.Value, state);
        return PrefixListXml.One(state);
    }

    private static Reply Modify(Call call)
    {
        var state = Find(call);
        var list = state.List;
        var changesEntries = call.Input.Has("AddEntry") || call.Input.Has("RemoveEntry");
        if (changesEntries && call.Input.Has("MaxEntries")) throw Refusals.InvalidCombination("Entries and MaxEntries cannot be changed in one call.");
        if (!changesEntries && !call.Input.Has("MaxEntries") && !call.Input.Has("PrefixListName")) throw Refusals.MissingParameter("AddEntry");
        var name = call.Input.Text("PrefixListName") is { } text ? ReadName(text) : list.Name;
        var changed = state with { List = list with { Name = name }, State = "modify-complete", Message = null };
        if (changesEntries) changed = WithEntries(call, changed);
        if (call.Input.Number("MaxEntries") is { } asked) changed = WithMaxEntries(call, changed, ReadMaxEntries(call, asked));
        call.EndOfChecks();
        call.Here.PrefixLists.Put(list.Id.Value, changed);
        return PrefixListXml.One(changed);
    }

    private static PrefixListState WithEntries(Call call, PrefixListState state)
    {
        var list = state.List;
        var current = list.Version ?? 1;
        var version = call.Input.LongNumber("CurrentVersion") ?? throw Refusals.MissingParameter("CurrentVersion");
        if (version != current) throw Refusals.PrefixListVersionMismatch(current);
        var removed = call.Input.Items("RemoveEntry").Select(e => PeerReader.Cidr(e.Text("Cidr"), list.Family, "Cidr").Cidr).ToList();
        var before = list.Entries ?? [];
        var entries = Apply(before, list.Family, removed, ReadEntries(call, "AddEntry", list.Family), list.MaxEntries ?? before.Length);
        var older = state.Older.Add(new PrefixListVersion(current, before));
        var surplus = older.Length + 1 - call.Quotas.VersionsPerPrefixList;
        return state with { List = list with { Entries = entries, Version = current + 1 }, Older = surplus > 0 ? older.RemoveRange(0, surplus) : older };
    }

    /// <summary>
    /// A size that would break a referencing group's quota does not fail the call but the list: EC2 answers first and finds out
    /// afterwards (EC2 API: ModifyManagedPrefixList).
    /// </summary>
    private static PrefixListState WithMaxEntries(Call call, PrefixListState state, int maxEntries)
    {
        var list = state.List;
        if (maxEntries < (list.Entries ?? []).Length) throw Refusals.PrefixListFull(maxEntries);
        var resized = state with { List = list with { MaxEntries = maxEntries } };
        if (maxEntries <= list.MaxEntries) return resized;
        var old = call.Here.PrefixLists[list.Id.Value]!;
        call.Here.PrefixLists.Load(list.Id.Value, resized);
        var offenders = call.Here.Groups.Values.Where(g => Offends(call, g, list.Id)).Select(g => g.Id.Value).Order(StringComparer.Ordinal).Take(10).ToList();
        call.Here.PrefixLists.Load(list.Id.Value, old);
        return offenders.Count == 0 ? resized : state with
        {
            State = "modify-failed",
            Message = $"The following resources would exceed their quota: {string.Join(", ", offenders)}",
        };
    }

    private static bool Offends(Call call, SecurityGroup group, PrefixListId list)
    {
        foreach (var direction in (ReadOnlySpan<Direction>)[Direction.Ingress, Direction.Egress])
        {
            var refers = group.RulesOf(direction).Any(r => r.Peer is PrefixListPeer peer && peer.PrefixList == list);
            if (refers && !RuleQuota.Holds(call.World, group, call.Quotas.RulesPerGroup, direction)) return true;
        }

        return false;
    }

    private static Reply Delete(Call call)
    {
        var state = Find(call);
        var used = call.World.In(call.Scope.Region)
            .Any(r => r.Groups.Values.Any(g => g.Rules.Any(rule => rule.Peer is PrefixListPeer peer && peer.PrefixList == state.List.Id)));
        if (used) throw Refusals.DependencyViolation(state.List.Id.Value);
        call.EndOfChecks();
        call.Here.PrefixLists.Remove(state.List.Id.Value);
        return PrefixListXml.One(state with { State = "delete-complete" });
    }

    private static PrefixListState Find(Call call)
    {
        var id = call.Input.Required("PrefixListId");
        if (!ResourceKind.PrefixList.IsWellFormed(id)) throw Refusals.PrefixListMalformed(id);
        var state = call.World.FindPrefixList(call.Scope, new PrefixListId(id)) ?? throw Refusals.PrefixListNotFound(id);
        return state.List.IsAwsManaged ? throw Refusals.Unsupported("AWS-managed prefix lists cannot be changed.") : state;
    }

    private static string ReadName(string name)
    {
        var isValid = name.Length <= 255 && !name.StartsWith("com.amazonaws", StringComparison.OrdinalIgnoreCase);
        return isValid ? name : throw Refusals.InvalidValue($"Value for parameter PrefixListName is invalid: at most 255 characters, not starting with com.amazonaws.");
    }

    private static int ReadMaxEntries(Call call, int maxEntries) => maxEntries >= 1 && maxEntries <= call.Quotas.EntriesPerPrefixList
        ? maxEntries
        : throw Refusals.InvalidValue($"Value ({maxEntries}) for parameter MaxEntries is invalid. Expecting 1 to {call.Quotas.EntriesPerPrefixList}.");

    private static List<PrefixListEntry> ReadEntries(Call call, string parameter, IpFamily family)
    {
        var entries = call.Input.Items(parameter)
            .Select(e => new PrefixListEntry(PeerReader.Cidr(e.Text("Cidr"), family, "Cidr").Cidr, GroupText.RuleDescription(e.Raw("Description"))))
            .ToList();
        if (entries.Count > EntriesPerCall) throw Refusals.InvalidValue($"At most {EntriesPerCall} entries can be added in a call.");
        return entries.DistinctBy(e => e.Cidr).Count() == entries.Count ? entries : throw Refusals.InvalidValue("The same CIDR must not appear multiple times");
    }

    /// <summary>The new entries, sorted; an added block that is there already only changes its description.</summary>
    private static ImmutableArray<PrefixListEntry> Apply(
        ImmutableArray<PrefixListEntry> before, IpFamily family, List<Cidr> removed, List<PrefixListEntry> added, int maxEntries)
    {
        var entries = before.Where(e => e.Cidr.Family == family).ToDictionary(e => e.Cidr);
        foreach (var cidr in removed)
        {
            if (!entries.Remove(cidr)) throw Refusals.InvalidValue($"The CIDR {cidr} is not an entry of the prefix list.");
        }

        foreach (var entry in added) entries[entry.Cidr] = entry;
        return entries.Count <= maxEntries ? [.. entries.Values.OrderBy(e => e.Cidr)] : throw Refusals.PrefixListFull(maxEntries);
    }
}
