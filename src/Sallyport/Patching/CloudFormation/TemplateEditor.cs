using System.Collections.Immutable;
using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Yaml.Outlines;

namespace Sallyport.Patching.CloudFormation;

/// <summary>
/// Edits of one template, YAML or JSON. A rule is added to the list inside its group where the group has one, else as a resource after
/// the last one; so is a rule that names a group of the template, which inside a group would make a circle. A group that loses its last
/// egress rule gets one that matches nothing, for without any AWS gives it the rule that allows everything.
/// </summary>
internal sealed partial class TemplateEditor : ICodeEditor
{
    private const string GroupType = "AWS::EC2::SecurityGroup";
    private const string IngressType = "AWS::EC2::SecurityGroupIngress";
    private const string EgressType = "AWS::EC2::SecurityGroupEgress";
    private const string IngressKey = "SecurityGroupIngress";
    private const string EgressKey = "SecurityGroupEgress";
    private const string InPlaceUnknown = "it is the last egress rule, and what takes its place cannot be written here";

    private readonly string _path;
    private readonly string _source;
    private readonly Estate _declared;
    private readonly CodeText _text;
    private readonly int _mark;
    private readonly EditList _edits;
    private readonly List<CodeQuestion> _questions = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<OutlineNode, List<CodeChange>> _inLists = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<OutlineEntry, List<CodeChange>> _newLists = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<OutlineNode> _rewritten = new(ReferenceEqualityComparer.Instance);
    private readonly List<CodeChange> _apart = [];
    private readonly HashSet<(SecurityGroupId Group, Direction Direction)> _placed = [];
    private readonly HashSet<(SecurityGroupId Group, Direction Direction)> _unplaced = [];
    private ImmutableArray<CodeChange> _changes = [];

    public TemplateEditor(string path, string source, Estate declared)
    {
        (_path, _source, _declared) = (path, source, declared);
        _text = new CodeText(source);
        _edits = new EditList(_text);
        _mark = source.StartsWith('\uFEFF') ? 1 : 0;
    }

    /// <inheritdoc/>
    public (ImmutableArray<TextEdit> Edits, ImmutableArray<CodeQuestion> Questions) Edit(ImmutableArray<CodeChange> changes)
    {
        if (OutlineReader.Read(_source[_mark..])?["Resources"] is not { Entries.IsEmpty: false } resources)
        {
            return ([], [.. changes.Select(c => new CodeQuestion(c, "the template cannot be parsed", c.Group.At))]);
        }

        foreach (var change in changes.Where(IsShared)) Ask(change, "several stacks use the template", null);
        changes = [.. changes.Where(c => !IsShared(c))];
        _changes = changes;
        foreach (var entry in resources.Entries) _names.Add(entry.Key.Text ?? string.Empty);
        foreach (var change in changes.Where(c => c.Kind == CodeChangeKind.Describe)) Describe(resources, change);
        foreach (var change in changes.Where(c => c.Kind == CodeChangeKind.Add).OrderBy(c => c.Rule)) Place(resources, change);

        // Rules apart first: whether a list may lose its last egress rule depends on what stays of them.
        var removed = changes.Where(c => c.Kind == CodeChangeKind.Remove).ToLookup(c => DefaultOf(resources, c));
        var gone = removed[null].GroupBy(c => (c.Declared!.Line, c.Rule.Direction)).Select(g => (g.Key.Line, Changes: g.ToList()));
        foreach (var (line, same) in gone.OrderBy(g => ResourceAt(resources, g.Line)?.Value["Type"]?.Text == GroupType)) Remove(resources, line, same);
        foreach (var change in removed.Where(r => r.Key is not null).SelectMany(r => r.Select(c => (Resource: r.Key!, Change: c)))) RemoveDefault(change.Resource, change.Change);
        foreach (var (list, added) in _inLists.Where(l => l.Value.Count > 0)) AddTo(list, added);
        foreach (var (resource, added) in _newLists) AddList(resources, resource, added);
        if (_apart.Count > 0) AddAfter(resources, _apart);
        var edits = _edits.InOrder;

        // YAML can be written in more ways than edits foresee; one that breaks the template must not leave this house.
        if (edits.IsEmpty || OutlineReader.Read(TextEdit.Apply(_source, edits)[_mark..]) is not null) return (edits, [.. _questions]);
        return ([], [.. _questions, .. changes.Where(c => !_questions.Any(q => ReferenceEquals(q.Change, c))).Select(c => new CodeQuestion(c, "written into this template, it would leave no valid YAML", c.Group.At))]);
    }

    private bool IsShared(CodeChange change) => _declared.SecurityGroups.Any(g => g.Id != change.Group.Id && g.At is { } at && at == change.Group.At);

    private SourceSpan At(OutlineNode node) => new(_path, _text.LineOf(node.Start + _mark));

    private void Ask(CodeChange change, string why, OutlineNode? at) =>
        _questions.Add(new CodeQuestion(change, why, at is null ? change.Group.At : At(at)));

    private bool Holds(OutlineEntry entry, int line) => _text.LineOf(entry.Key.Start + _mark) <= line && line <= _text.LineOf(entry.End + _mark);

    private bool Holds(OutlineNode node, int line) => _text.LineOf(node.Start + _mark) <= line && line <= _text.LineOf(node.End + _mark);

    private static bool IsFunction(OutlineNode node) => node.Tag.Length > 0 || node.Entries.Any(e => e.Key.Text is "Ref" || (e.Key.Text?.StartsWith("Fn::", StringComparison.Ordinal) ?? true));

    private bool IsOwn(OutlineNode item) => item.Items is null && item.Text is null && item.Tag.Length == 0 && !IsFunction(item) && !HasMarkedKeys(item);

    // "? key" and ": value", a line each: nothing can be put beside them line by line.
    private bool HasMarkedKeys(OutlineNode map) => !map.IsFlow && map.Entries.Any(e => _source.AsSpan(0, e.Key.Start + _mark).TrimEnd(" \t") is [.., '?']);

    private void Describe(OutlineNode resources, CodeChange change)
    {
        var line = change.Declared!.Line;
        var resource = resources.Entries.FirstOrDefault(e => Holds(e, line));
        var properties = resource?.Value["Properties"];
        if (resources.Entries.Count(e => Holds(e, line)) > 1)
        {
            Ask(change, "several resources stand on one line", null);
            return;
        }

        if (resource?.Value["Type"]?.Text == GroupType)
        {
            properties = properties?[change.Rule.Direction == Direction.Ingress ? IngressKey : EgressKey] is { Items: { } items } ? items.FirstOrDefault(i => Holds(i, line) && IsOwn(i)) : null;
        }

        if (properties?["Description"] is { Text: not null, Tag: "" } text) _edits.Add(new TextEdit(text.Start + _mark, text.End - text.Start, TemplateRule.Text(change.Description)));
        else Ask(change, "its description does not stand there as plain text", properties ?? resource?.Key);
    }

    private OutlineEntry? ResourceAt(OutlineNode resources, int line) => resources.Entries.FirstOrDefault(e => Holds(e, line));

    private OutlineEntry? ResourceOf(OutlineNode resources, SecurityGroup group) =>
        resources.Entries.FirstOrDefault(e => e.Key.Text == TemplateRule.LogicalId(group) && Holds(e, group.At!.Line));

    private void Remove(OutlineNode resources, int line, List<CodeChange> gone)
    {
        var (group, direction) = (gone[0].Group, gone[0].Rule.Direction);
        var resource = ResourceAt(resources, line);
        var type = resource?.Value["Type"]?.Text;
        var others = _declared.SecurityGroups.SelectMany(g => g.Rules.Where(r => r.File == _path && r.Line == line && (type != GroupType || r.Direction == direction)).Select(r => (g.Id, r.Key))).ToHashSet();
        others.ExceptWith(gone.Select(c => (c.Group.Id, c.Rule)));
        if (resources.Entries.Count(e => Holds(e, line)) > 1) AskAll("several resources stand on one line", null);
        else if (resource is null || type is not (GroupType or IngressType or EgressType)) AskAll("no rule of the template stands in this place", null);
        else if (others.Count > 0) AskAll("one place makes it together with other rules", resource.Key);
        else if (type == GroupType) RemoveItem(resource, line, gone, AskAll);
        else if (resource.Value["Condition"] is { } condition) AskAll("a condition decides whether it is there", condition);
        else if (type == EgressType && IsLastEgress(group)) RemoveLastApart(resource, group, AskAll);
        else if (IsNamed(resource)) AskAll("other resources name it", resource.Key);
        else if (resources.Entries.Length == 1) AskAll("it is the only resource of the template", resource.Key);
        else RemoveEntry(resources, resource, AskAll);

        void AskAll(string why, OutlineNode? at)
        {
            foreach (var change in gone) Ask(change, why, at);
        }
    }

    private bool IsNamed(OutlineEntry resource)
    {
        var name = resource.Key.Text!;
        for (var at = _source.IndexOf(name, StringComparison.Ordinal); at >= 0; at = _source.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            var isWhole = (at == 0 || !char.IsAsciiLetterOrDigit(_source[at - 1])) && (at + name.Length == _source.Length || !char.IsAsciiLetterOrDigit(_source[at + name.Length]));
            if (isWhole && (at < resource.Key.Start + _mark || at >= resource.Key.End + _mark)) return true;
        }

        return false;
    }

    private void RemoveItem(OutlineEntry resource, int line, List<CodeChange> gone, Action<string, OutlineNode?> ask)
    {
        var direction = gone[0].Rule.Direction;
        var property = resource.Value["Properties"]?.Find(KeyOf(direction));
        if (property is not { Value: { Items: { } items, Tag: "" } list })
        {
            ask("a function makes the group's list", property?.Key ?? resource.Key);
            return;
        }

        var starting = items.Where(i => _text.LineOf(i.Start + _mark) == line).ToList();
        var here = starting.Count > 0 ? starting : items.Where(i => Holds(i, line)).ToList();
        if (here.Count == 0) ask("a function makes the group's list", property.Key);
        else if (here.FirstOrDefault(i => !IsOwn(i)) is { } made) ask("a function makes it", made);
        else if (here.Count > 1 && here.Count != gone.Count) ask("several rules stand on one line", here[0]);
        else foreach (var item in here) RemoveItem(resource, property, item, gone[0].Group, ask);
    }

    private void RemoveItem(OutlineEntry resource, OutlineEntry property, OutlineNode item, SecurityGroup group, Action<string, OutlineNode?> ask)
    {
        var (list, items) = (property.Value, property.Value.Items!.Value);
        var isLast = items.Length == items.Count(IsGone) + 1;
        if (property.Key.Text == EgressKey && IsLastEgress(group))
        {
            SayNothing(group, item, ask);
        }
        else if (!isLast)
        {
            if (list.IsFlow) RemoveFlow(items.Select(i => (i.Start, i.End)).ToList(), items.IndexOf(item));
            else if (_text.WholeLines(item.Start + _mark, item.End + _mark) is { } lines) _edits.Add(new TextEdit(lines.Start, lines.End - lines.Start, string.Empty));
            else ask("other text stands on its lines", item);
        }
        else if (_inLists.TryGetValue(list, out var added))
        {
            Rewrite(item, new TemplateRule(added[0], _declared, _path).Fields(item.IsFlow)!);
            added.RemoveAt(0);
        }
        else RemoveList(resource.Value["Properties"]!, property, items, ask);
    }

    // The list loses its last item: the items that went before it are inside.
    private void RemoveList(OutlineNode properties, OutlineEntry property, ImmutableArray<OutlineNode> items, Action<string, OutlineNode?> ask)
    {
        if (properties.IsFlow) RemoveFlow(properties.Entries.Select(e => (e.Key.Start, e.End)).ToList(), properties.Entries.IndexOf(property));
        else if (properties.Entries.Length == 1) ask("it is the only property of the group", property.Key);
        else if (_text.WholeLines(property.Key.Start + _mark, property.End + _mark) is { } lines) _edits.Widen(lines.Start, lines.End);
        else ask("other text stands on its lines", property.Key);
    }

    private void RemoveEntry(OutlineNode parent, OutlineEntry entry, Action<string, OutlineNode?> ask)
    {
        if (parent.IsFlow) RemoveFlow(parent.Entries.Select(e => (e.Key.Start, e.End)).ToList(), parent.Entries.IndexOf(entry));
        else if (_text.WholeLines(entry.Key.Start + _mark, entry.End + _mark) is { } lines) _edits.Add(_text.Delete(lines));
        else ask("other text stands on its lines", entry.Key);
    }

    // Up to the next element, or from the end of the one before; elements that went already widen the gap.
    private void RemoveFlow(List<(int Start, int End)> elements, int index)
    {
        var (first, last) = (index, index);
        while (last + 1 < elements.Count && IsGone(last + 1)) last++;
        while (first > 0 && IsGone(first - 1)) first--;
        var (from, to) = last + 1 < elements.Count ? (elements[first].Start, elements[last + 1].Start) : (first > 0 ? elements[first - 1].End : elements[first].Start, elements[last].End);
        _edits.Widen(from + _mark, to + _mark);

        bool IsGone(int i) => _edits.IsGone(elements[i].Start + _mark, elements[i].End + _mark);
    }

    private void Place(OutlineNode resources, CodeChange change)
    {
        var resource = ResourceOf(resources, change.Group);
        var rule = new TemplateRule(change, _declared, _path);
        var list = resource?.Value["Properties"]?[KeyOf(change.Rule.Direction)];
        var isEgress = change.Rule.Direction == Direction.Egress;
        var asked = _questions.Count;
        if (resource is null) Ask(change, "no group is declared in this place", null);
        else if (rule.Fields(isJson: true) is null) Ask(change, "the far end has no name in this template", null);
        else if (list is not null && (list.Items is null || list.Tag.Length > 0)) Ask(change, "a function makes the group's list", list);
        else if (isEgress && list is null or { Items.IsEmpty: true } && LosesDefault(change.Group)) Ask(change, "the template gives the group no egress rules, so that the default one allows everything: the first written one takes its place", resource.Key);
        else if (list is { Items.IsEmpty: false } && !rule.NamesTemplateGroup) Put(_inLists, list, change);
        else if (isEgress && change.Group.Code is { HasImplicitEgress: true } && !rule.NamesTemplateGroup && TakesList(resource)) Put(_newLists, resource, change);
        else if (resource.Value["Condition"] is { } condition) Ask(change, "a condition decides whether the group is there", condition);
        else _apart.Add(change);
        (_questions.Count == asked ? _placed : _unplaced).Add((change.Group.Id, change.Rule.Direction));
    }

    private bool IsGone(OutlineNode item) => _edits.IsGone(item.Start + _mark, item.End + _mark) && !_rewritten.Contains(item);

    private static string KeyOf(Direction direction) => direction == Direction.Ingress ? IngressKey : EgressKey;

    // The implicit rule stays declared, and writing one down would take it away.
    private bool LosesDefault(SecurityGroup group) =>
        group.RulesOf(Direction.Egress).Any(r => r.Line == group.At!.Line && !_changes.Any(c => c.Kind == CodeChangeKind.Remove && c.Group.Id == group.Id && c.Rule == r.Key));

    private static void Put<T>(Dictionary<T, List<CodeChange>> lists, T list, CodeChange change)
        where T : class
    {
        if (lists.TryGetValue(list, out var known)) known.Add(change);
        else lists.Add(list, [change]);
    }

    private void AddTo(OutlineNode list, List<CodeChange> changes)
    {
        var items = list.Items!.Value;
        var last = items.LastOrDefault(i => !IsGone(i)) ?? items[^1];
        var isFlow = list.IsFlow;
        var column = last.Start + _mark - _text.LineStart(last.Start + _mark);
        var indentation = isFlow ? _text.Indentation(last.Start + _mark) : new string(' ', column);
        var text = new StringBuilder();
        var isWide = _text.LineOf(items[0].Start + _mark) == _text.LineOf(items[0].End + _mark) && _text.LineOf(items[0].Start + _mark) == _text.LineOf(list.Start + _mark);
        foreach (var change in changes)
        {
            var fields = new TemplateRule(change, _declared, _path).Fields(isFlow)!;
            if (isWide) text.Append(", ").Append(Wide(fields));
            else if (isFlow) text.Append(column == indentation.Length ? ",\n" + indentation : ", ").Append(Flow(fields, indentation, Step(last)));
            else text.Append('\n').Append(indentation[..^2]).Append("- ").AppendJoin("\n" + indentation, fields.Select(f => $"{f.Key}: {f.Value}"));
        }

        Insert(isFlow ? last.End + _mark : _text.LineEnd(last.End + _mark), text.ToString());
    }

    private void AddAfter(OutlineNode resources, List<CodeChange> changes)
    {
        var last = resources.Entries[^1];
        var indentation = _text.Indentation(resources.Entries[0].Key.Start + _mark);
        var first = resources.Entries[0].Value.Start + _mark;
        var step = resources.IsFlow ? Step(resources.Entries[0].Value) : new string(' ', Math.Max(1, first - _text.LineStart(first) - indentation.Length));
        var text = new StringBuilder();
        foreach (var change in changes)
        {
            var rule = new TemplateRule(change, _declared, _path);
            var name = rule.NameOf();
            for (var i = 2; !_names.Add(name); i++) name = $"{rule.NameOf()}x{i}";
            var type = change.Rule.Direction == Direction.Ingress ? IngressType : EgressType;
            var fields = new List<(string Key, string Value)> { ("GroupId", rule.Self(resources.IsFlow)) };
            fields.AddRange(rule.Fields(resources.IsFlow)!);
            if (resources.IsFlow)
            {
                text.Append($",\n{indentation}{TemplateRule.Text(name)}: {{\n{indentation}{step}\"Type\": \"{type}\",\n{indentation}{step}\"Properties\": {Flow(fields, indentation + step, step)}\n{indentation}}}");
            }
            else
            {
                text.Append($"\n\n{indentation}{name}:\n{indentation}{step}Type: {type}\n{indentation}{step}Properties:");
                foreach (var (key, value) in fields) text.Append($"\n{indentation}{step}{step}{key}: {value}");
            }
        }

        Insert(resources.IsFlow ? last.End + _mark : _text.LineEnd(last.End + _mark), text.ToString());
    }

    private static string Wide(IEnumerable<(string Key, string Value)> fields) => $"{{{string.Join(", ", fields.Select(f => $"{TemplateRule.Text(f.Key)}: {f.Value}"))}}}";

    private static string Flow(IReadOnlyList<(string Key, string Value)> fields, string indentation, string step) =>
        $"{{\n{string.Join(",\n", fields.Select(f => $"{indentation}{step}{TemplateRule.Text(f.Key)}: {f.Value}"))}\n{indentation}}}";

    // How much deeper a mapping's keys stand than the line it starts in.
    private string Step(OutlineNode map)
    {
        if (map.Entries.IsEmpty) return "  ";
        var (outer, inner) = (_text.Indentation(map.Start + _mark), _text.Indentation(map.Entries[0].Key.Start + _mark));
        return inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner[outer.Length..] : "  ";
    }

    private void Insert(int position, string text)
    {
        if (_text.NewLine != "\n") text = text.Replace("\n", _text.NewLine, StringComparison.Ordinal);

        _edits.InsertAfter(position, text);
    }
}
