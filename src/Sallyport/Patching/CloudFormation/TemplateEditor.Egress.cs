using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Yaml.Outlines;

namespace Sallyport.Patching.CloudFormation;

/// <content>A group without egress: AWS gives it the rule that allows everything unless the template writes one down.</content>
internal sealed partial class TemplateEditor
{
    /// <summary>The egress rule that stands for none: no packet leaves for it.</summary>
    internal static readonly RuleKey Nothing = new(Direction.Egress, Service.Any, new CidrPeer(Cidr.Parse("127.0.0.1/32")));

    private static readonly ImmutableArray<string> PeerKeys =
    [
        "CidrIp", "CidrIpv6", "SourceSecurityGroupId", "SourceSecurityGroupName", "SourceSecurityGroupOwnerId", "SourcePrefixListId",
        "DestinationSecurityGroupId", "DestinationPrefixListId",
    ];

    private static readonly ImmutableArray<string> OwnerKeys = ["GroupId", "GroupName"];

    // The group's resource when a rule is the one that AWS adds, and nothing in the template says it.
    private OutlineEntry? DefaultOf(OutlineNode resources, CodeChange change)
    {
        if (change is not { Rule.Direction: Direction.Egress, Group: { Code.HasImplicitEgress: true, At: { } at } } || at.File != _path || change.Declared!.Line != at.Line) return null;
        return ResourceOf(resources, change.Group) is { } resource && resource.Value["Properties"]?[EgressKey] is null or { Items: { IsEmpty: true }, Tag: "" } ? resource : null;
    }

    private bool IsLastEgress(SecurityGroup group) =>
        !_placed.Contains((group.Id, Direction.Egress))
        && group.RulesOf(Direction.Egress).All(r => _changes.Any(c => c.Kind == CodeChangeKind.Remove && c.Group.Id == group.Id && c.Rule == r.Key && !_questions.Any(q => ReferenceEquals(q.Change, c))));

    private static CodeChange NothingOf(SecurityGroup group) => new(group, Nothing, CodeChangeKind.Add);

    // The default rule goes as soon as another one is written.
    private void RemoveDefault(OutlineEntry resource, CodeChange change)
    {
        if (_placed.Contains((change.Group.Id, Direction.Egress))) return;
        if (_unplaced.Contains((change.Group.Id, Direction.Egress))) Ask(change, InPlaceUnknown, resource.Key);
        else if (TakesList(resource)) Put(_newLists, resource, NothingOf(change.Group));
        else if (resource.Value["Condition"] is { } condition) Ask(change, "a condition decides whether the group is there", condition);
        else _apart.Add(NothingOf(change.Group));
    }

    // CloudFormation takes egress in a group only beside its VPC; that of a group of the default VPC stands apart.
    private bool TakesList(OutlineEntry resource) =>
        resource.Value["Properties"] is { Entries.IsEmpty: false, Tag: "" } properties && !HasMarkedKeys(properties) && (properties.Find(EgressKey) is not null || properties.Find("VpcId") is not null);

    private void SayNothing(SecurityGroup group, OutlineNode item, Action<string, OutlineNode?> ask)
    {
        if (_unplaced.Contains((group.Id, Direction.Egress))) ask(InPlaceUnknown, item);
        else if (!Rewrite(item, new TemplateRule(NothingOf(group), _declared, _path).Fields(item.IsFlow)!)) ask("it is how a template says that a group has no egress", item);
        _placed.Add((group.Id, Direction.Egress));
    }

    private void RemoveLastApart(OutlineEntry resource, SecurityGroup group, Action<string, OutlineNode?> ask)
    {
        if (resource.Value["Properties"] is { Entries.IsEmpty: false } properties && IsOwn(properties)) SayNothing(group, properties, ask);
        else ask("a function makes it", resource.Key);
    }

    /// <summary>Turns the rule that a mapping says into another one, value by value, so that what stands between them stays; false when it says that already.</summary>
    private bool Rewrite(OutlineNode map, IReadOnlyList<(string Key, string Value)> fields)
    {
        var isChanged = false;
        _rewritten.Add(map);
        var left = fields.ToList();
        var (kept, gone) = (new List<OutlineEntry>(), new List<OutlineEntry>());
        foreach (var entry in map.Entries)
        {
            var isPeer = PeerKeys.Contains(entry.Key.Text!);
            var field = left.FindIndex(f => f.Key == entry.Key.Text || (isPeer && PeerKeys.Contains(f.Key) && map.Find(f.Key) is null));
            if (field < 0 && !OwnerKeys.Contains(entry.Key.Text!))
            {
                gone.Add(entry);
                continue;
            }

            kept.Add(entry);
            if (field < 0) continue;
            if (entry.Key.Text != left[field].Key) SetText(entry.Key, _source[entry.Key.Start + _mark] is '"' or '\'' ? TemplateRule.Text(left[field].Key) : left[field].Key);
            if (entry.Value.Tag.Length > 0 || entry.Value.Text is not { } text || (text != left[field].Value && TemplateRule.Text(text) != left[field].Value)) SetText(entry.Value, left[field].Value);
            left.RemoveAt(field);
        }

        if (kept.Count == 0 || (!map.IsFlow && gone.Any(e => !StandsAlone(e) || (IsBehindDash(e) && gone.Contains(map.Entries[1])))))
        {
            _edits.Widen(map.Start + _mark, map.End + _mark);
            var lines = string.Join("\n" + new string(' ', map.Start + _mark - _text.LineStart(map.Start + _mark)), fields.Select(f => $"{f.Key}: {f.Value}"));
            _edits.InsertAfter(map.Start + _mark, map.IsFlow ? Wide(fields) : lines.Replace("\n", _text.NewLine, StringComparison.Ordinal));
            return true;
        }

        foreach (var entry in gone) RemoveField(map, entry);
        if (left.Count > 0)
        {
            var last = kept[^1];
            var isWide = _text.LineOf(map.Start + _mark) == _text.LineOf(last.Key.Start + _mark) && map.IsFlow;
            var lead = isWide ? ", " : $"{(map.IsFlow ? "," : string.Empty)}\n{new string(' ', last.Key.Start + _mark - _text.LineStart(last.Key.Start + _mark))}";
            Insert(map.IsFlow ? last.End + _mark : _text.LineEnd(last.End + _mark), string.Concat(left.Select(f => $"{lead}{(map.IsFlow ? TemplateRule.Text(f.Key) : f.Key)}: {f.Value}")));
        }

        return isChanged || gone.Count + left.Count > 0;

        void SetText(OutlineNode node, string text)
        {
            isChanged = true;
            Replace(node, text);
        }
    }

    private void Replace(OutlineNode node, string text) => _edits.Add(new TextEdit(node.Start + _mark, node.End - node.Start, text));

    private bool StandsAlone(OutlineEntry entry) => _text.WholeLines(entry.Key.Start + _mark, entry.End + _mark) is not null;

    // The first key of an item, whose place the next one takes.
    private bool IsBehindDash(OutlineEntry entry) => _text.Indentation(entry.Key.Start + _mark).Length < entry.Key.Start + _mark - _text.LineStart(entry.Key.Start + _mark);

    private void RemoveField(OutlineNode map, OutlineEntry entry)
    {
        var at = map.Entries.IndexOf(entry);
        if (map.IsFlow)
        {
            RemoveFlow(map.Entries.Select(e => (e.Key.Start, e.End)).ToList(), at);
        }
        else if (IsBehindDash(entry))
        {
            _edits.Add(new TextEdit(entry.Key.Start + _mark, map.Entries[1].Key.Start - entry.Key.Start, string.Empty));
        }
        else
        {
            var (start, end) = _text.WholeLines(entry.Key.Start + _mark, entry.End + _mark)!.Value;
            _edits.Add(new TextEdit(start, end - start, string.Empty));
        }
    }

    private void AddList(OutlineNode resources, OutlineEntry resource, List<CodeChange> changes)
    {
        var properties = resource.Value["Properties"]!;
        var isFlow = properties.IsFlow;
        var rules = changes.Select(c => new TemplateRule(c, _declared, _path));
        if (properties[EgressKey] is { } empty)
        {
            Replace(empty, $"[{string.Join(", ", rules.Select(r => Wide(r.Fields(isJson: true)!)))}]");
            return;
        }

        var last = properties.Entries.LastOrDefault(e => e.Key.Text == IngressKey && !IsGone(e)) ?? properties.Entries.LastOrDefault(e => !IsGone(e)) ?? properties.Entries[^1];
        var indentation = _text.Indentation(last.Key.Start + _mark);
        if (!isFlow)
        {
            indentation = new string(' ', last.Key.Start + _mark - _text.LineStart(last.Key.Start + _mark));
            var dash = $"\n{indentation}{ListIndentation(resources)}- ";
            Insert(_text.LineEnd(last.End + _mark), $"\n{indentation}{EgressKey}:{string.Concat(rules.Select(r => dash + string.Join($"\n{indentation}{ListIndentation(resources)}  ", r.Fields(isJson: false)!.Select(f => $"{f.Key}: {f.Value}"))))}");
        }
        else if (_text.LineOf(properties.Start + _mark) == _text.LineOf(last.Key.Start + _mark))
        {
            Insert(last.End + _mark, $", {TemplateRule.Text(EgressKey)}: [{string.Join(", ", rules.Select(r => Wide(r.Fields(isJson: true)!)))}]");
        }
        else
        {
            var step = Step(properties);
            var items = string.Join(",", rules.Select(r => $"\n{indentation}{step}{Flow(r.Fields(isJson: true)!, indentation + step, step)}"));
            Insert(last.End + _mark, $",\n{indentation}{TemplateRule.Text(EgressKey)}: [{items}\n{indentation}]");
        }

        bool IsGone(OutlineEntry entry) => _edits.IsGone(entry.Key.Start + _mark, entry.End + _mark);
    }

    // How much deeper the dashes of a list stand than its key, as the template has it.
    private string ListIndentation(OutlineNode resources)
    {
        var like = resources.Entries.SelectMany(e => e.Value["Properties"]?.Entries ?? []).FirstOrDefault(e => e.Value is { IsFlow: false, Items.IsEmpty: false, Tag: "" });
        if (like is null) return "  ";
        return new string(' ', Math.Clamp(_text.Indentation(like.Value.Start + _mark).Length - _text.Indentation(like.Key.Start + _mark).Length, 0, 8));
    }
}
