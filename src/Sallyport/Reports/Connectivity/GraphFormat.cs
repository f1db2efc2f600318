using System.Collections.Immutable;
using System.Text;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Connectivity;

/// <summary>A language that draws a <see cref="ConnectivityGraph"/>. Boxes are numbered, so no name is ever part of the language.</summary>
/// <param name="Name">As <c>-o</c> says it.</param>
/// <param name="MostEdges">Arrows beyond which its tools give up, or nobody sees anything.</param>
public sealed record GraphFormat(string Name, int MostEdges)
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<GraphFormat> All { get; } = [new("mermaid", 500), new("dot", 5_000)];

    /// <summary>The one of a name; null when there is none.</summary>
    public static GraphFormat? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>Writes the graph.</summary>
    public void Write(ConnectivityGraph graph, TextWriter output)
    {
        if (Name == "dot") WriteDot(graph, output);
        else WriteMermaid(graph, output);
    }

    private static void WriteDot(ConnectivityGraph graph, TextWriter output)
    {
        output.Write("digraph reach {\n  rankdir=LR;\n  node [shape=box];\n");
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var (name, note) = graph.Nodes[i];
            output.Write($"  n{i} [label=\"{Dot(name)}{(note.Length == 0 ? "" : $"\\n{Dot(note)}")}\"];\n");
        }

        foreach (var (from, to, label) in graph.Edges) output.Write($"  n{from} -> n{to} [label=\"{Dot(label)}\"];\n");
        output.Write("}\n");
    }

    private static void WriteMermaid(ConnectivityGraph graph, TextWriter output)
    {
        output.Write("flowchart LR\n");
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var (name, note) = graph.Nodes[i];
            output.Write($"  n{i}[\"{Mermaid(name)}{(note.Length == 0 ? "" : $"<br/>{Mermaid(note)}")}\"]\n");
        }

        foreach (var (from, to, label) in graph.Edges) output.Write($"  n{from} -->|\"{Mermaid(label)}\"| n{to}\n");
    }

    // In a quoted string of DOT only the quote and the backslash mean something. (Graphviz, "The DOT Language")
    private static string Dot(string text) => TerminalText.Line(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // Mermaid labels take HTML and Markdown; everything that either could read, list marks included, is written as a character's number.
    private static string Mermaid(string text)
    {
        var safe = TerminalText.Line(text);
        var result = new StringBuilder(safe.Length);
        for (var i = 0; i < safe.Length;)
        {
            _ = Rune.TryGetRuneAt(safe, i, out var rune);
            var isListMark = rune.Value is '-' or '+' or '.' && (i == 0 || i + 1 == safe.Length || safe[i + 1] == ' ');
            if (Rune.IsLetterOrDigit(rune) || (!isListMark && rune.IsAscii && " ,.:/()+-".Contains((char)rune.Value))) result.Append(rune);
            else result.Append('#').Append(rune.Value).Append(';');
            i += rune.Utf16SequenceLength;
        }

        return result.ToString();
    }
}
