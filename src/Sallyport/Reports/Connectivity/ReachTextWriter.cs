using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Connectivity;

/// <summary>An answer for people: the verdict first, then why.</summary>
public static class ReachTextWriter
{
    private const int MostRules = 40;
    private const int MostNotes = 8;

    /// <summary>The verdict, what blocks, the rules of both sides, a packet as an example, and what was not read.</summary>
    public static void Write(ReachReport report, TextWriter output)
    {
        WriteVerdict(report, output);
        if (report.Answer.Blockers.Length > 1 && report.Answer.NoPair is null)
        {
            Line(output, 2, $"stopped at: {string.Join(", ", report.Answer.Blockers.Select(ReachJsonWriter.Word))}");
        }

        WriteSide(output, "let out by", report.Explanation.Egress);
        WriteSide(output, "let in by", report.Explanation.Ingress);
        WriteEvidence(report, output);
    }

    /// <summary>The same, layer by layer, with what would have to be added.</summary>
    public static void WriteExplanation(ReachReport report, TextWriter output)
    {
        WriteVerdict(report, output);
        var number = 0;
        foreach (var layer in report.Answer.Layers)
        {
            Line(output, 0, $"{++number}. {Title(layer.Layer, report)}: {Standing(layer, report)}");
            if (layer.Layer is Layer.Egress) WriteRules(output, report.Explanation.Egress, 3);
            if (layer.Layer is Layer.Ingress) WriteRules(output, report.Explanation.Ingress, 3);
            foreach (var missing in report.Explanation.Missing.Where(m => (m.Direction == Direction.Egress ? Layer.Egress : Layer.Ingress) == layer.Layer).Take(MostRules))
            {
                Line(output, 3, $"missing: {Sentence(report.Model, missing)}");
            }
        }

        if (!report.Question.IsEffective && report.Answer.NoPair is null) Line(output, 0, "Network ACLs and routes were not asked: --layer effective asks them.");
        WriteEvidence(report, output);
    }

    private static void WriteVerdict(ReachReport report, TextWriter output) =>
        Line(output, 0, $"{VerdictNames.Of(report.Answer.Verdict)}: {ReachSentence.Of(report)}.");

    private static void WriteSide(TextWriter output, string title, ImmutableArray<DecidingRule> rules)
    {
        if (rules.IsEmpty) return;
        Line(output, 2, $"{title}:");
        WriteRules(output, rules, 4);
    }

    private static void WriteRules(TextWriter output, ImmutableArray<DecidingRule> rules, int indent)
    {
        var table = new TextTable("", "", "");
        foreach (var deciding in rules.Take(MostRules))
        {
            var rule = deciding.Rule;
            table.Add(rule.Id?.Value ?? "(no id)", NameOf(deciding.Group), $"{Text(rule.Direction, rule.Service.ToString(), rule.Peer)}{(rule.Description.Length == 0 ? "" : $"  \"{rule.Description}\"")}");
        }

        table.Write(output, indent);
        if (rules.Length > MostRules) Line(output, indent, $"… and {rules.Length - MostRules} more rules (-o json lists them)");
    }

    private static void WriteEvidence(ReachReport report, TextWriter output)
    {
        if (report.Allowed is { } allowed) Line(output, 2, $"gets through: {allowed}");
        if (report.Denied is { } denied) Line(output, 2, $"does not: {denied}");
        if (report.Answer.Basis == AnswerBasis.Symbolic) Line(output, 2, $"judged by the rules alone: {string.Join(", ", report.Question.From.EmptyGroups.Union(report.Question.To.EmptyGroups))} has no member that was read");
        foreach (var gap in report.Explanation.Gaps) Line(output, 2, $"not read: {gap}");
        foreach (var note in report.Answer.Notes.Take(MostNotes)) Line(output, 2, $"note: {note}");
        if (report.Answer.Notes.Length > MostNotes) Line(output, 2, $"… and {report.Answer.Notes.Length - MostNotes} more notes (-o json lists them)");
    }

    private static string Title(Layer layer, ReachReport report) => layer switch
    {
        Layer.Egress => $"egress of {report.Question.From.Name}",
        Layer.Nacl => "network ACLs",
        Layer.Route => "routes",
        _ => $"ingress of {report.Question.To.Name}",
    };

    private static string Standing(LayerAnswer layer, ReachReport report)
    {
        var end = layer.Layer == Layer.Egress ? report.Question.From : report.Question.To;
        if (layer.Layer is Layer.Egress or Layer.Ingress && end.EmptyGroups.IsEmpty && report.Model.InterfacesOf(end).All(n => n.Groups.IsEmpty))
        {
            return report.Model.InterfacesOf(end).IsEmpty ? "outside the estate, no group filters there" : "no group, so nothing is filtered";
        }

        return LayerStanding.Word(layer, report.Answer) switch
        {
            "passes" => $"lets {ReachSentence.Services(layer.Passes)} through",
            "unknown" => "depends on something that was not read",
            "stops" => "stops it",
            _ => layer.Passes.IsEmpty ? "lets part of it through, or some pairs" : $"lets {ReachSentence.Services(layer.Passes)} through for every pair, not all that was asked",
        };
    }

    private static string Sentence(ConnectivityModel model, MissingRule missing)
    {
        var owner = model.Estate.Index.Groups.TryGetValue(missing.Group, out var group) ? NameOf(group) : missing.Group.Value;
        return $"{Text(missing.Direction, ReachSentence.Services(missing.Services), missing.Peer)} on {owner}";
    }

    private static string Text(Direction direction, string service, Peer peer) =>
        direction == Direction.Egress ? $"egress {service} to {peer}" : $"ingress {service} from {peer}";

    private static string NameOf(SecurityGroup group) => group.Name.Length == 0 ? group.Id.Value : $"{group.Name} ({group.Id})";

    private static void Line(TextWriter output, int indent, string text)
    {
        output.Write(new string(' ', indent));
        output.Write(TerminalText.Line(text));
        output.Write('\n');
    }
}
