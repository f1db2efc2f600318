using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Hcl.Parsing;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Patching.Terraform;

/// <summary>
/// Edits of one <c>.tf</c> file. A rule is added as a block of its group where the group has such blocks, else as a resource at the end
/// of the file. A block or resource that makes several rules loses those that go, as long as its lists are written out.
/// </summary>
internal sealed class TerraformEditor : ICodeEditor
{
    private const string Group = "aws_security_group";
    private const string DefaultGroup = "aws_default_security_group";
    private const string OldRule = "aws_security_group_rule";
    private const string IngressRule = "aws_vpc_security_group_ingress_rule";
    private const string EgressRule = "aws_vpc_security_group_egress_rule";

    private readonly string _path;
    private readonly string _source;
    private readonly Estate _declared;
    private readonly ICodeFiles _files;
    private readonly CodeText _text;
    private readonly EditList _edits;
    private readonly HashSet<(HclBlock Resource, string Direction)> _filled = [];
    private readonly List<CodeQuestion> _questions = [];
    private readonly HashSet<string> _names = [];
    private bool _usesOldRules;
    private bool _usesNewRules;

    public TerraformEditor(string path, string source, Estate declared, ICodeFiles files)
    {
        (_path, _source, _declared, _files) = (path, source, declared, files);
        _text = new CodeText(source);
        _edits = new EditList(_text);
    }

    /// <inheritdoc/>
    public (ImmutableArray<TextEdit> Edits, ImmutableArray<CodeQuestion> Questions) Edit(ImmutableArray<CodeChange> changes)
    {
        if (_path.EndsWith(".json", StringComparison.Ordinal)) return ([], [.. changes.Select(c => Ask(c, "JSON code is for programs to write", null))]);
        var parsed = HclParser.Parse(_source, _path);
        if (!parsed.IsOk) return ([], [.. changes.Select(c => Ask(c, "the file cannot be parsed", parsed.Diagnostics.FirstOrDefault()?.At))]);
        foreach (var file in _files.Beside(_path)) Learn(file == _path ? parsed.Value : _files.Read(file) is { } text ? HclParser.Parse(text, file).Value : null);
        ChangeWritten(parsed.Value, [.. changes.Where(c => c.IsOfWrittenRule)]);
        var standalone = new List<string>();
        foreach (var change in changes.Where(c => c.Kind == CodeChangeKind.Add).OrderBy(c => c.Rule)) Add(parsed.Value, change, standalone);
        foreach (var resource in parsed.Value.Blocks) SayNone(resource);
        if (standalone.Count > 0)
        {
            var lead = _source.Length == 0 || _source.EndsWith('\n') ? string.Empty : "\n";
            _edits.Add(new TextEdit(_source.Length, 0, Lines(lead + string.Concat(standalone.Select(s => "\n" + s)))));
        }

        return (_edits.InOrder, [.. _questions]);
    }

    // Terraform leaves rules alone that it finds no block for: only an empty list takes the last ones away.
    private void SayNone(HclBlock resource)
    {
        if (resource is not { Type: "resource", Labels: [Group or DefaultGroup, _] }) return;
        foreach (var word in (string[])["ingress", "egress"])
        {
            var blocks = resource.Body.Blocks.Where(b => TypeOf(b) == word).ToList();
            if (blocks.Count == 0 || _filled.Contains((resource, word)) || !blocks.All(b => _edits.IsGone(_text.PositionOf(b.At), _text.PositionOf(b.End!)))) continue;
            var (start, end) = (_text.PositionOf(blocks[^1].At), _text.PositionOf(blocks[^1].End!));
            _edits.Replace(start, end, $"{_text.Indentation(start)}{word} = []");
        }
    }

    private void Learn(HclBody? body)
    {
        foreach (var block in body?.Blocks ?? [])
        {
            if (block is not { Type: "resource", Labels: [var type, var name] }) continue;
            if (type is OldRule) _usesOldRules = true;
            if (type is IngressRule or EgressRule) _usesNewRules = true;
            if (type is OldRule or IngressRule or EgressRule) _names.Add(name);
        }
    }

    private static CodeQuestion Ask(CodeChange change, string why, SourceSpan? at) =>
        new(change, why, at ?? (change.Declared is { File: { } file } rule ? new SourceSpan(file, rule.Line) : change.Group.At));

    private string Lines(string text) => _text.NewLine == "\n" ? text : text.Replace("\n", _text.NewLine, StringComparison.Ordinal);

    // Text starts after its quotation mark.
    private int StartOf(HclExpression value)
    {
        var start = _text.PositionOf(value.At);
        return value is HclLiteral { Value: HclString } or HclTemplate && _source[start] != '"' && start > 0 && _source[start - 1] == '"' ? start - 1 : start;
    }

    private static bool Holds(HclBlock block, int line) => block.End is { } end && block.At.Line <= line && line <= end.Line;

    private static bool IsRepeated(HclBlock resource) => resource.Body.Find("count") is not null || resource.Body.Find("for_each") is not null;

    private void Add(HclBody file, CodeChange change, List<string> standalone)
    {
        if (change.Group.Code?.Address.StartsWith("module.", StringComparison.Ordinal) ?? true)
        {
            _questions.Add(Ask(change, "the group is in a module, which others may call too", null));
            return;
        }

        var resource = file.Blocks.FirstOrDefault(b => b is { Type: "resource", Labels: [Group or DefaultGroup, _] } && Holds(b, change.Group.At!.Line));
        if (resource is null)
        {
            _questions.Add(Ask(change, "no group is declared in this place", null));
            return;
        }

        var word = TerraformRule.Word(change.Rule.Direction);
        if (resource.Body.Attributes.FirstOrDefault(a => a.Name is "ingress" or "egress" && !IsNone(a)) is { } written)
        {
            _questions.Add(Ask(change, $"the group's {written.Name} is worked out by an expression", written.At));
            return;
        }

        var none = resource.Body.Find(word);
        var inline = resource.Body.Blocks.Where(IsInline).ToList();
        var isInline = inline.Count > 0 || resource.Labels[0] == DefaultGroup || resource.Body.Attributes.Any(a => a.Name is "ingress" or "egress");
        if (isInline && IsRepeated(resource))
        {
            _questions.Add(Ask(change, "the group is one of several that one block makes", resource.At));
            return;
        }

        if (new TerraformPeer(change, _declared, _path).Expression is not { } peer)
        {
            _questions.Add(Ask(change, "the far end has no name in this module", null));
            return;
        }

        if (isInline && MakesCircle(change))
        {
            _questions.Add(Ask(change, "the other group's own block names this group, and each would need the other first", resource.At));
            return;
        }

        if (isInline && resource.End!.Line == resource.Body.At.Line)
        {
            _questions.Add(Ask(change, "the group's block stands on one line", resource.At));
            return;
        }

        if (isInline)
        {
            var like = inline.LastOrDefault(b => TypeOf(b) == word) ?? inline.LastOrDefault();
            if (none is not null && !_edits.IsGone(_text.PositionOf(none.At), EndOf(none)))
            {
                if (_text.WholeLines(_text.PositionOf(none.At), EndOf(none)) is not { } lines)
                {
                    _questions.Add(Ask(change, $"other code stands on the line of {word}", none.At));
                    return;
                }

                _edits.Add(new TextEdit(lines.Start, lines.End - lines.Start, string.Empty));
                Realign(resource.Body, none);
            }

            // Behind the group's other blocks; where it has none, at its end, as people put them.
            var indentation = _text.Indentation(_text.PositionOf(like?.At ?? resource.At)) + (like is null ? "  " : string.Empty);
            var at = like?.End is { } end ? _text.LineEnd(_text.PositionOf(end)) : _text.LineEnd(_text.LineStart(_text.LineStart(_text.PositionOf(resource.End!)) - 1));
            var block = Lines(indentation + TerraformRule.Inline(change, peer).Replace("\n", "\n" + indentation, StringComparison.Ordinal));
            var before = like is null && _edits.IsGone(at, at) ? _text.LineStart(_text.LineStart(at) - 1) : _text.LineStart(at);
            var isFirst = _text.LineOf(before) == resource.Body.At.Line || string.IsNullOrWhiteSpace(_source[before.._text.LineEnd(before)]);
            var newLine = _text.NewLine;
            if (before < _text.LineStart(at)) _edits.Replace(at, at, isFirst ? block : newLine + block);
            else _edits.InsertAfter(at, (isFirst ? newLine : newLine + newLine) + block);
            _filled.Add((resource, word));
            return;
        }

        var name = TerraformRule.NameOf(resource.Labels[1], change.Rule);
        for (var i = 2; !_names.Add(name); i++) name = $"{TerraformRule.NameOf(resource.Labels[1], change.Rule)}_{i}";
        standalone.Add(_usesOldRules && !_usesNewRules ? TerraformRule.OldResource(name, change, peer) : TerraformRule.Resource(name, change, peer));
    }

    // terraform fmt puts the equals signs of neighbouring lines under each other, so the others move when the longest name goes.
    private void Realign(HclBody body, HclAttribute gone)
    {
        var lines = body.Attributes.Where(a => a.End is { } end && end.Line == a.At.Line).GroupBy(a => a.At.Line).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First());
        var beside = new List<HclAttribute>();
        foreach (var step in (int[])[-1, 1])
        {
            for (var line = gone.At.Line + step; lines.TryGetValue(line, out var near); line += step) beside.Add(near);
        }

        if (beside.Count == 0) return;
        var width = beside.Max(a => a.Name.Length);
        if (width >= gone.Name.Length) return;
        foreach (var attribute in beside)
        {
            var end = _text.PositionOf(attribute.At) + attribute.Name.Length;
            var sign = _source.IndexOf('=', end);
            if (sign - end != gone.Name.Length - attribute.Name.Length + 1) continue;
            _edits.Add(new TextEdit(end + width - attribute.Name.Length + 1, gone.Name.Length - width, string.Empty));
        }
    }

    // [] takes every rule of its direction away; a block beside it would be a mistake.
    private static bool IsNone(HclAttribute attribute) => attribute.Value is HclTuple { Items.IsEmpty: true };

    private int EndOf(HclAttribute attribute)
    {
        var (start, end) = (_text.PositionOf(attribute.At), _text.PositionOf(attribute.End!));
        while (end > start && char.IsWhiteSpace(_source[end - 1])) end--;
        return end;
    }

    private bool MakesCircle(CodeChange change) =>
        change.Rule.Peer is GroupPeer { Group: var id } && id != change.Group.Id && _declared.Index.Groups.TryGetValue(id, out var far)
        && far.Code?.Inline is not null && far.Rules.Any(r => r.Peer is GroupPeer { Group: var back } && back == change.Group.Id);

    private static bool IsInline(HclBlock block) => TypeOf(block) is "ingress" or "egress";

    private static string TypeOf(HclBlock block) => block is { Type: "dynamic", Labels: [var type] } ? type : block.Type;

    private void ChangeWritten(HclBody file, ImmutableArray<CodeChange> changes)
    {
        foreach (var change in changes.GroupBy(c => c.Declared!.Line))
        {
            var gone = change.ToList();
            var resource = file.Blocks.FirstOrDefault(b => b.Type == "resource" && Holds(b, change.Key));
            var inline = resource?.Body.Blocks.FirstOrDefault(b => Holds(b, change.Key));
            var why = resource is null ? "no resource is declared in this place"
                : IsRepeated(resource) ? "one block makes it together with others, by count or for_each"
                : gone.Any(c => c.Group.Code?.Address.StartsWith("module.", StringComparison.Ordinal) ?? false) ? "the group is in a module, which others may call too"
                : resource.Labels is [OldRule or IngressRule or EgressRule, _] ? null
                : resource.Labels is not [Group or DefaultGroup, _] ? "it is made by a resource that is not a rule"
                : inline is null ? "an expression works out the group's rules"
                : inline.Type == "dynamic" ? "a dynamic block makes it" : null;
            if (why is not null)
            {
                _questions.AddRange(gone.Select(c => Ask(c, why, resource?.At)));
                continue;
            }

            var block = resource!.Labels[0] is Group or DefaultGroup ? inline! : resource;
            var removed = gone.Where(c => c.Kind == CodeChangeKind.Remove).ToList();
            if (removed.Count > 0) Remove(block, removed);
            foreach (var text in gone.Where(c => c.Kind == CodeChangeKind.Describe)) Describe(block, text);
        }
    }

    private HashSet<(SecurityGroupId Group, RuleKey Rule)> RulesOf(HclBlock block) =>
        [.. _declared.SecurityGroups.SelectMany(g => g.Rules.Where(r => r.File == _path && Holds(block, r.Line)).Select(r => (g.Id, r.Key)))];

    private void Describe(HclBlock block, CodeChange change)
    {
        var written = block.Body.Find("description");
        if (RulesOf(block).Count > 1)
        {
            _questions.Add(Ask(change, "one block makes it together with other rules", block.At));
        }
        else if (written is { Value: not HclLiteral })
        {
            _questions.Add(Ask(change, "an expression works out its description", written.At));
        }
        else if (written is not null)
        {
            var (start, end) = (StartOf(written.Value), EndOf(written));
            _edits.Add(new TextEdit(start, end - start, TerraformRule.Quote(change.Description)));
        }
        else
        {
            var at = _text.LineEnd(_text.PositionOf(block.Body.At));
            _edits.Add(new TextEdit(at, 0, Lines($"\n{_text.Indentation(_text.PositionOf(block.At))}  description = {TerraformRule.Quote(change.Description)}")));
        }
    }

    private void Remove(HclBlock block, List<CodeChange> gone)
    {
        var here = RulesOf(block);
        here.ExceptWith(gone.Select(c => (c.Group.Id, c.Rule)));
        if (here.Count == 0)
        {
            if (_text.WholeLines(_text.PositionOf(block.At), _text.PositionOf(block.End!)) is { } lines) _edits.Add(_text.Delete(lines));
            else _questions.AddRange(gone.Select(c => Ask(c, "other code stands on the lines of its block", block.At)));
            return;
        }

        // Several far ends of one block: each goes out of the list that names it.
        foreach (var change in gone)
        {
            if (ItemOf(block, change) is { } edit) _edits.Add(edit);
            else _questions.Add(Ask(change, "one block makes it together with other rules", block.At));
        }

        Widen(block);
    }

    private TextEdit? ItemOf(HclBlock block, CodeChange change)
    {
        var (name, value) = change.Rule.Peer switch
        {
            CidrPeer { Cidr.Family: Packets.IpFamily.V4 } cidr => ("cidr_blocks", cidr.ToString()),
            CidrPeer cidr => ("ipv6_cidr_blocks", cidr.ToString()),
            PrefixListPeer list => ("prefix_list_ids", list.ToString()),
            _ => ("security_groups", change.Rule.Peer.ToString()),
        };
        if (block.Body.Find(name)?.Value is not HclTuple list2) return null;
        foreach (var item in list2.Items)
        {
            if (item is not HclLiteral { Value: HclString text } || text.Value != value) continue;
            var start = StartOf(item);
            var quoted = $"\"{value}\"";
            return string.CompareOrdinal(_source, start, quoted, 0, quoted.Length) == 0 ? new TextEdit(start, quoted.Length, string.Empty) : null;
        }

        return null;
    }

    // What stood between an item and its neighbour goes with it; a list that loses all of its items goes whole.
    private void Widen(HclBlock block)
    {
        foreach (var attribute in block.Body.Attributes)
        {
            if (attribute is not { Value: HclTuple { Items: var items } }) continue;
            var starts = items.Select(StartOf).ToList();
            var gone = starts.Select(s => _edits.TakeBack(s, EndOf(s) - s)).ToList();
            if (!gone.Contains(true)) continue;
            if (!gone.Contains(false))
            {
                if (_text.WholeLines(_text.PositionOf(attribute.At), EndOf(attribute)) is { } lines) _edits.Add(new TextEdit(lines.Start, lines.End - lines.Start, string.Empty));
                else _edits.Add(new TextEdit(starts[0], EndOf(starts[^1]) - starts[0], string.Empty));
                continue;
            }

            for (var i = 0; i < items.Length; i++)
            {
                if (!gone[i]) continue;
                var last = i;
                while (last + 1 < items.Length && gone[last + 1]) last++;

                // Up to the next item, or from the end of the one before.
                var (from, to) = last + 1 < items.Length ? (starts[i], starts[last + 1]) : (EndOf(starts[i - 1]), EndOf(starts[last]));
                _edits.Add(new TextEdit(from, to - from, string.Empty));
                i = last;
            }
        }
    }

    // Of the item that starts there: the comma or bracket after it is its end, white space left out.
    private int EndOf(int start)
    {
        if (_source[start] == '"')
        {
            var end = start + 1;
            while (end < _source.Length && _source[end] != '"') end += _source[end] == '\\' ? 2 : 1;
            return Math.Min(_source.Length, end + 1);
        }

        var stop = start;
        var depth = 0;
        while (stop < _source.Length && (depth > 0 || _source[stop] is not (',' or ']' or '\n')))
        {
            if (_source[stop] is '(' or '[' or '{') depth++;
            else if (_source[stop] is ')' or ']' or '}') depth--;
            stop++;
        }

        while (stop > start && _source[stop - 1] is ' ' or '\t' or '\r') stop--;
        return stop;
    }
}
