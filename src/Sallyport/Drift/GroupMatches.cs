using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Drift;

/// <summary>
/// Which live group is which declared one: by id, else by what CloudFormation tags its groups with, else by name, else by the Name
/// tag. Where several could be meant, none is taken.
/// </summary>
public sealed class GroupMatches
{
    private const string NameTag = "Name";
    private const string StackTag = "aws:cloudformation:stack-name";
    private const string LogicalIdTag = "aws:cloudformation:logical-id";
    private const int MostNamed = 5;

    private readonly Dictionary<SecurityGroupId, SecurityGroup> _live = [];
    private readonly Dictionary<SecurityGroupId, SecurityGroupId> _declared = [];
    private readonly Dictionary<SecurityGroupId, string> _unsure = [];
    private readonly SortedSet<SecurityGroupId> _absent = [];

    private readonly Estate _declaredEstate;
    private readonly Estate _liveEstate;
    private readonly ILookup<string, SecurityGroup> _byName;
    private readonly ILookup<string, SecurityGroup> _byNameTag;
    private readonly ILookup<string, SecurityGroup> _ofTemplate;

    private GroupMatches(Estate declared, Estate live)
    {
        (_declaredEstate, _liveEstate) = (declared, live);
        _byName = live.SecurityGroups.ToLookup(g => g.Name, StringComparer.Ordinal);
        _byNameTag = live.SecurityGroups.Where(g => g.Tags[NameTag] is not null).ToLookup(g => g.Tags[NameTag]!, StringComparer.Ordinal);
        var tagged = live.SecurityGroups.Where(g => g.Tags[LogicalIdTag] is not null).ToLookup(g => g.Tags[LogicalIdTag]!, StringComparer.Ordinal);
        _ofTemplate = declared.SecurityGroups.Where(IsOfTemplate)
            .SelectMany(g => tagged[LogicalId(g)].Select(l => (Template: TemplateOf(g), Group: l))).Distinct().ToLookup(p => p.Template, p => p.Group, StringComparer.Ordinal);
    }

    /// <summary>The live group of each declared group that has exactly one.</summary>
    public IReadOnlyDictionary<SecurityGroupId, SecurityGroup> Live => _live;

    /// <summary>Declared groups that certainly are not there.</summary>
    public IReadOnlySet<SecurityGroupId> Absent => _absent;

    /// <summary>Declared groups of which nobody can tell which live group they are: a sentence that says why.</summary>
    public IReadOnlyDictionary<SecurityGroupId, string> Unsure => _unsure;

    /// <summary>Matches every declared group.</summary>
    public static GroupMatches Of(Estate declared, Estate live)
    {
        var matches = new GroupMatches(declared, live);
        foreach (var group in declared.SecurityGroups) matches.Match(group);
        matches.DropSharedOnes();
        return matches;
    }

    /// <summary>What a declared rule's far end is called in the live estate; null when nobody can tell.</summary>
    public Peer? LiveOf(Peer peer) => peer switch
    {
        GroupPeer group when _live.TryGetValue(group.Group, out var live) => group with { Group = live.Id },
        GroupPeer group => Planner.IsWellFormed(group.Group) ? group : null,
        PrefixListPeer list => LiveOf(list),
        _ => peer,
    };

    /// <summary>What code calls a live rule's far end: its own name for a group that it declares, else the id.</summary>
    public Peer DeclaredOf(Peer peer) => peer is GroupPeer group && _declared.TryGetValue(group.Group, out var declared) ? group with { Group = declared } : peer;

    private PrefixListPeer? LiveOf(PrefixListPeer peer)
    {
        if (peer.PrefixList.Value.StartsWith("pl-", StringComparison.Ordinal)) return peer;
        if (!_declaredEstate.Index.PrefixLists.TryGetValue(peer.PrefixList, out var list) || list.Name.Length == 0) return null;
        var same = _liveEstate.PrefixLists.Where(l => l.Name == list.Name && IsCompatible(list.Scope, l.Scope)).Take(2).ToList();
        return same is [var one] ? new PrefixListPeer(one.Id) : null;
    }

    private void Match(SecurityGroup group)
    {
        if (_liveEstate.Index.Groups.TryGetValue(group.Id, out var same))
        {
            _live[group.Id] = same;
            return;
        }

        if (!_liveEstate.Scopes.Any(s => IsCompatible(group.Scope, s)))
        {
            _unsure[group.Id] = $"{group.Id} is declared for {group.Scope}, of which nothing was read.";
            return;
        }

        if (Planner.IsWellFormed(group.Id))
        {
            _absent.Add(group.Id);
            return;
        }

        foreach (var (how, found) in Candidates(group))
        {
            if (found is [var one])
            {
                _live[group.Id] = one;
                return;
            }

            if (found.Count == 0) continue;
            var named = string.Join(", ", found.Take(MostNamed).Select(g => g.Id.Value));
            _unsure[group.Id] = $"{group.Id} may be any of {found.Count} groups with {how}: {named}{(found.Count > MostNamed ? ", …" : string.Empty)}.";
            return;
        }

        if (HasName(group) || IsOfTemplate(group)) _absent.Add(group.Id);
        else _unsure[group.Id] = $"{group.Id} has neither an id nor a name that the code tells, so its live group cannot be found.";
    }

    private IEnumerable<(string How, List<SecurityGroup> Found)> Candidates(SecurityGroup group)
    {
        // A group in the only stack that has groups of this template; a name that is known tells more where there are several.
        if (IsOfTemplate(group))
        {
            var inStacks = _ofTemplate[TemplateOf(group)];
            var found = Fitting(group, inStacks.Where(g => g.Tags[LogicalIdTag] == LogicalId(group)));
            var stacks = inStacks.Select(g => g.Tags[StackTag] ?? string.Empty).Distinct(StringComparer.Ordinal).Count();
            if (stacks == 1) yield return ($"the logical id {LogicalId(group)}", found);
            else if (stacks > 1 && !HasName(group)) yield return ("logical ids of this template, in several stacks", [.. inStacks]);
        }

        if (HasName(group)) yield return ($"the name {group.Name}", Fitting(group, _byName[group.Name]));
        if (group.Tags[NameTag] is { Length: > 0 } name) yield return ($"the tag Name={name}", Fitting(group, _byNameTag[name]));
    }

    private static List<SecurityGroup> Fitting(SecurityGroup group, IEnumerable<SecurityGroup> live) =>
        [.. live.Where(l => IsCompatible(group.Scope, l.Scope) && (group.Vpc is not { } vpc || !IsReal(vpc) || l.Vpc is not { } other || vpc == other))];

    // One live group is at most one declared group.
    private void DropSharedOnes()
    {
        foreach (var shared in _live.GroupBy(m => m.Value.Id).Where(g => g.Count() > 1).ToList())
        {
            var exact = shared.Where(m => m.Key == shared.Key).Select(m => m.Key).ToList();
            var names = string.Join(", ", shared.Select(m => m.Key.Value).Order(StringComparer.Ordinal).Take(MostNamed));
            foreach (var (declared, _) in shared.Where(m => !exact.Contains(m.Key)))
            {
                _live.Remove(declared);
                _unsure[declared] = $"{shared.Key} may be any of the declared groups {names}.";
            }
        }

        foreach (var (declared, live) in _live) _declared[live.Id] = declared;
    }

    private static bool HasName(SecurityGroup group) => group.Name.Length > 0 && group.Code is not { HasName: false };

    private static bool IsOfTemplate(SecurityGroup group) => group.Code is { Language: CodeLanguage.CloudFormation };

    private static string LogicalId(SecurityGroup group) => group.Code!.Address[(group.Code.Address.LastIndexOf('.') + 1)..];

    // What stands before the logical id: the file where several are read, and the nested stack.
    private static string TemplateOf(SecurityGroup group) => group.Id.Value[..^Math.Min(group.Id.Value.Length, LogicalId(group).Length)];

    private static bool IsReal(VpcId vpc) => vpc.Value.StartsWith("vpc-", StringComparison.Ordinal);

    private static bool IsCompatible(Scope declared, Scope live) =>
        (declared.Account.Length == 0 || live.Account.Length == 0 || declared.Account == live.Account)
        && (declared.Region.Length == 0 || live.Region.Length == 0 || declared.Region == live.Region);
}
