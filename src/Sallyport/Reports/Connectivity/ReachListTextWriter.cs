using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Connectivity;

/// <summary>A list of who reaches, or is reached, for people; and the pairs of groups.</summary>
public static class ReachListTextWriter
{
    private const int MostBlocks = 8;

    /// <summary>A line an interface, then the addresses outside, then the counts.</summary>
    public static void Write(ConnectivityModel model, ReachList list, TextWriter output)
    {
        var isTargets = list.Direction == Direction.Egress;
        Line(output, isTargets ? $"{list.Of.Name} reaches:" : $"{list.Of.Name} is reached by:");
        if (list.Interfaces.IsEmpty && list.Outside.IsEmpty && list.Groups.IsEmpty) Line(output, "  nobody");
        WriteInterfaces(model.Estate, list, output);
        foreach (var group in list.Groups)
        {
            var services = group.Allowed.IsEmpty ? "" : ReachSentence.Services(group.Allowed);
            var unknown = group.Unknown.IsEmpty ? "" : $"{(services.Length == 0 ? "" : "; ")}not known: {ReachSentence.Services(group.Unknown)}";
            Line(output, $"  {GroupNames.Of(model.Estate, group.Group.Id)}, by its rules alone (its interfaces were not read): {services}{unknown}");
        }

        foreach (var blocks in list.Outside) Line(output, $"  addresses in {Blocks(blocks.Addresses)}: {ReachSentence.Services(blocks.Services)}");
        if (list.Interfaces.IsEmpty) return;
        Line(output, $"{list.Interfaces.Length} interface{(list.Interfaces.Length == 1 ? "" : "s")}{Exposures(list)}");
    }

    /// <summary>A block a source group, written as the pairs come.</summary>
    public static void Write(Estate estate, IEnumerable<GroupPair> pairs, TextWriter output)
    {
        SecurityGroupId? from = null;
        var count = 0L;
        foreach (var pair in pairs)
        {
            if (pair.From != from) Line(output, $"{GroupNames.Of(estate, pair.From)} reaches:");
            from = pair.From;
            count++;
            Line(output, $"  {GroupNames.Of(estate, pair.To)}: {ReachSentence.Services(pair.Services)}");
        }

        Line(output, $"{count} pair{(count == 1 ? "" : "s")} of groups");
    }

    private static void WriteInterfaces(Estate estate, ReachList list, TextWriter output)
    {
        if (list.Interfaces.IsEmpty) return;
        var (hasExposure, hasHops, hasUnknown) = (list.Interfaces.Any(i => i.Exposure is not null), list.Interfaces.Any(i => i.Hop > 1), list.Interfaces.Any(i => !i.Unknown.IsEmpty));
        List<(string Title, Func<ReachedInterface, string> Cell)> columns =
        [
            ("interface", r => r.Interface.Id.Value),
            ("groups", r => r.Interface.Groups.IsEmpty ? "(none)" : string.Join(" + ", r.Interface.Groups.Select(g => GroupNames.Short(estate, g)))),
            ("addresses", r => string.Join(" ", r.Interface.Addresses.Select(a => a.ToString()).Concat(r.Interface.PublicAddresses.Select(a => $"(public {a.Value})")))),
        ];
        if (hasExposure) columns.Add(("exposure", r => r.Exposure is { } exposure ? ReachListJsonWriter.Word(exposure) : ""));
        columns.Add(("services", ServicesOf));
        if (hasUnknown) columns.Add(("not known", r => r.Unknown.IsEmpty ? "" : ReachSentence.Services(r.Unknown)));
        if (hasHops) columns.Add(("hop", r => r.Via is { } via ? $"{r.Hop} via {via}" : "1"));
        var table = new TextTable([.. columns.Select(c => c.Title)]);
        foreach (var reached in list.Interfaces) table.Add([.. columns.Select(c => c.Cell(reached))]);
        table.Write(output, indent: 2);
    }

    // What every layer lets through goes first; what only the groups let through is what waits behind it.
    private static string ServicesOf(ReachedInterface reached)
    {
        if (reached.Effective is not { IsEmpty: false } effective || effective.Equals(reached.Allowed)) return ReachSentence.Services(reached.Allowed);
        return $"{ReachSentence.Services(effective)} (groups alone: {ReachSentence.Services(reached.Allowed)})";
    }

    private static string Exposures(ReachList list)
    {
        var counts = list.Interfaces.Where(i => i.Exposure is not null).GroupBy(i => i.Exposure!.Value).OrderBy(g => g.Key).Select(g => $"{g.Count()} {ReachListJsonWriter.Word(g.Key)}").ToList();
        return counts.Count == 0 ? "" : $": {string.Join(", ", counts)}";
    }

    /// <summary>Blocks, shortened for people; everything is called so.</summary>
    internal static string Blocks(AddressSet addresses)
    {
        if (addresses.IsFull) return addresses.Family == IpFamily.V4 ? "0.0.0.0/0" : "::/0";
        var blocks = addresses.ToCidrs();
        return string.Join(", ", blocks.Take(MostBlocks)) + (blocks.Length > MostBlocks ? $" and {blocks.Length - MostBlocks} more blocks" : "");
    }

    private static void Line(TextWriter output, string text)
    {
        output.Write(TerminalText.Line(text));
        output.Write('\n');
    }
}
