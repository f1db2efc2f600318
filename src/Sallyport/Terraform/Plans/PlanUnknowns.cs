using System.Collections.Immutable;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// Settles what a plan leaves open: what the configuration does not state is an attribute that AWS fills in, and goes; what refers
/// to one thing becomes a reference to it; the rest stays unknown, with the reason.
/// </summary>
internal sealed class PlanUnknowns(PlanReferences references)
{
    // Filled in by AWS whatever the configuration says: without a configuration these are still no doubt.
    private static readonly HashSet<string> Computed =
        ["id", "arn", "owner_id", "tags_all", "name", "name_prefix", "security_group_rule_id", "private_ip", "public_ip", "interface_type", "mac_address", "attachment"];

    // Nested blocks without an order: the first in the plan need not be the first in the code.
    private static readonly HashSet<string> Unordered = ["ingress", "egress", "route", "entry", "subnet_mapping"];

    /// <summary>The arguments of an instance with everything settled.</summary>
    public HclMap Settle(PlanInstance instance, HclMap values)
    {
        if (values.IsWhollyKnown) return values;
        return Settle(values, references.BlockOf(instance)?.Arguments, instance);
    }

    private HclMap Settle(HclMap values, IReadOnlyDictionary<string, PlanExpression>? arguments, PlanInstance of)
    {
        var settled = new HclItems.Builder(values.Items.Count);
        foreach (var (name, value) in values.Items)
        {
            if (value.IsWhollyKnown) settled[name] = value;
            else if (arguments?.GetValueOrDefault(name) is { } expression) settled[name] = Settle(name, value, expression, of);
            else if (!IsOpen(value) || (arguments is null && !Computed.Contains(name)) || (name == "tags_all" && values.Items.GetValueOrDefault("tags") is { IsWhollyKnown: false })) settled[name] = Unexplained(value);
        }

        return new HclMap(settled.ToItems());
    }

    private HclValue Settle(string name, HclValue value, PlanExpression expression, PlanInstance of)
    {
        var sources = new Lazy<PlanSources>(() => references.SourcesOf(expression, of, IsGroups(name)));
        switch (value)
        {
            case HclUnknown when !IsOpen(value):
                return value;
            case HclUnknown:
                return !IsId(name) ? new HclUnknown(sources.Value.Why) : IsMany(name) ? ListOf(sources.Value) : One(sources.Value);
            case HclList list when list.Items.Any(i => i is HclMap):
                return expression.Blocks.IsEmpty ? Flattened(list, expression, of) : Blocks(name, list, expression, of);
            case HclMap map when expression.Blocks is [var only]:
                return Settle(map, only, of);
            case HclList list when IsId(name):
                return Elements(list, sources.Value);
            default:
                return Unexplained(value, sources.Value.Why);
        }
    }

    private HclList Blocks(string name, HclList list, PlanExpression expression, PlanInstance of)
    {
        // Dynamic blocks are not told, so one cannot be matched to another unless the numbers agree.
        var isMatched = expression.Blocks.Length == list.Items.Length && (list.Items.Length == 1 || !Unordered.Contains(name));
        return new HclList([.. list.Items.Select((item, i) => item switch
        {
            { IsWhollyKnown: true } => item,
            HclMap map when isMatched => Settle(map, expression.Blocks[i], of),
            _ => Unexplained(item),
        })]);
    }

    /// <summary>
    /// Blocks that the provider also takes as a list (<c>ingress</c>, <c>egress</c>, <c>route</c>): the plan tells what all of them refer to
    /// together. A group that is not known yet can only stand where something is not known.
    /// </summary>
    private HclList Flattened(HclList list, PlanExpression expression, PlanInstance of)
    {
        var groups = new Lazy<PlanSources>(() => Only(references.SourcesOf(expression, of, isGroup: false), PlanReferences.IsGroup));
        var lists = new Lazy<PlanSources>(() => Only(references.SourcesOf(expression, of, isGroup: false), r => r.Contains("prefix_list", StringComparison.Ordinal)));
        var others = references.SourcesOf(expression, of, isGroup: false);
        var open = list.Items.OfType<HclMap>().Count(m => m.Items.GetValueOrDefault("security_groups") is { IsWhollyKnown: false });
        return new HclList([.. list.Items.Select(item => item is HclMap { IsWhollyKnown: false } map ? Block(map) : Unexplained(item))]);

        HclMap Block(HclMap map)
        {
            var settled = map.Items.ToBuilder();
            foreach (var (name, value) in map.Items)
            {
                if (value.IsWhollyKnown) continue;
                settled[name] = name switch
                {
                    "security_groups" when groups.Value is { Only: { } only } => Exactly(only, groups.Value, open, list),
                    "security_groups" when open == 1 => ListOf(groups.Value),
                    "security_groups" => new HclUnknown(groups.Value.Why),
                    "prefix_list_ids" when lists.Value.Only is { } only => new HclList([Reference(only)]),
                    _ when IsId(name) && !IsMany(name) && others.Only is { } only => Reference(only),
                    _ => Unexplained(value, others.Why),
                };
            }

            return new HclMap(settled.ToItems());
        }
    }

    // Each block that is open has the one unknown group; a known one may stand beside it in any of them.
    private static HclList Exactly(string only, PlanSources sources, int open, HclList all)
    {
        var shown = all.Items.OfType<HclMap>().Select(m => m.Items.GetValueOrDefault("security_groups")).OfType<HclList>().SelectMany(l => l.Items).OfType<HclString>().Select(t => t.Value).ToHashSet();
        var beside = sources.Known.Where(k => k.StartsWith("sg-", StringComparison.Ordinal)).ToList();
        var hidden = beside.Where(k => !shown.Contains(k)).ToList();
        var items = new List<HclValue> { Reference(only) };
        if (open == 1) items.AddRange(hidden.Select(k => new HclString(k)));
        if (beside.Count > (open == 1 ? hidden.Count : 0)) items.Add(new HclUnknown("the plan does not say which of its blocks name which of the groups"));
        return new HclList([.. items]);
    }

    private static PlanSources Only(PlanSources all, Func<string, bool> isWanted)
    {
        var wanted = new PlanSources { IsOpen = all.IsOpen };
        wanted.Unknown.UnionWith(all.Unknown.Where(isWanted));
        wanted.Known.UnionWith(all.Known);

        // What is no id of its own kind explains other arguments of the blocks; what may be anything stays.
        wanted.Opaque.UnionWith(all.Opaque.Where(o => isWanted(o) || o.StartsWith("local.", StringComparison.Ordinal) || o.StartsWith("each.", StringComparison.Ordinal)));
        return wanted;
    }

    private static HclUnknown One(PlanSources sources) => sources.Only is { } only ? Reference(only) : new HclUnknown(sources.Why);

    private static HclValue ListOf(PlanSources sources)
    {
        if (sources.Unknown.Count == 0) return new HclUnknown(sources.Why);
        var isWhole = !sources.IsOpen && sources.Opaque.Count == 0;
        var items = sources.Unknown.Select(u => (HclValue)Reference(u)).Concat(sources.Known.Select(k => new HclString(k)));
        if (isWhole) return new HclList([.. items]);

        // The one thing that is not known has to be in it; of several each may be or not.
        if (sources.Only is { } only) return new HclList([Reference(only), new HclUnknown("the plan does not say what else is in it")]);
        return new HclUnknown(sources.Why);
    }

    // The elements that are open, each once: which is which does not matter, their number does.
    private static HclList Elements(HclList list, PlanSources sources)
    {
        var open = list.Items.Count(i => !i.IsWhollyKnown);
        var isExact = sources.Opaque.Count == 0 && sources.Unknown.Count == open && list.Items.All(i => i is HclUnknown || i.IsWhollyKnown);
        using var next = sources.Unknown.GetEnumerator();
        return new HclList([.. list.Items.Select(i => i.IsWhollyKnown ? i : isExact && next.MoveNext() ? Reference(next.Current) : new HclUnknown(sources.Why))]);
    }

    private static HclUnknown Reference(string reference) => new($"{reference} is known after apply", reference);

    private static HclValue Unexplained(HclValue value, string why = "it is known after apply, and the plan does not say what it refers to") => value switch
    {
        { IsWhollyKnown: true } => value,
        HclList list => new HclList([.. list.Items.Select(i => Unexplained(i, why))]),
        HclMap map => HclMap.Of(map.Items.Select(p => new KeyValuePair<string, HclValue>(p.Key, Unexplained(p.Value, why)))),
        _ => IsOpen(value) ? new HclUnknown(why) : value,
    };

    // Everything else that is unknown, such as what is sensitive, has its reason.
    private static bool IsOpen(HclValue value) => ReferenceEquals(value, PlanValueReader.Unsettled);

    private static bool IsGroups(string name) => name.Contains("security_group", StringComparison.Ordinal);

    private static bool IsMany(string name) => name.EndsWith('s') || name.EndsWith("_list", StringComparison.Ordinal);

    private static bool IsId(string name) =>
        IsGroups(name) || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_ids", StringComparison.Ordinal) || name is "subnets" or "load_balancer";
}
