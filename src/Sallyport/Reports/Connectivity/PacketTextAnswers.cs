using System.Text;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Batches;
using Sallyport.Diagnostics;
using Sallyport.Packets;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Connectivity;

/// <summary>A batch for people: <c>allowed  10.0.1.5 -> 10.0.2.7 tcp/443</c>, one a line.</summary>
public sealed class PacketTextAnswers(Stream output) : PacketAnswers(output)
{
    private static readonly int Width = Enum.GetValues<Verdict>().Max(v => VerdictNames.Of(v).Length);

    internal override void Answer(Verdict verdict, PacketEnd from, PacketEnd to, int point) =>
        Line(verdict, $"{from.Text} -> {to.Text} {ServiceSet.FromIntervals([new Interval(point, point)])}");

    // What went wrong quotes the line and goes to standard error.
    internal override void Fail(Diagnostic error) => Line(Verdict.Unknown, $"not a packet ({error.Code})");

    private void Line(Verdict verdict, string text) => Write(Encoding.UTF8.GetBytes($"{VerdictNames.Of(verdict).PadRight(Width)}  {TerminalText.Line(text)}\n"));
}
