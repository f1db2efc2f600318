using System.Collections.Immutable;
using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;

namespace Sallyport.Connectivity.Batches;

/// <summary>
/// Answers packets a line at a time, in order, in bounded memory: one verdict a line, <c>unknown</c> with the error for a line
/// that is no packet. Lines of white space alone are passed over. (contract: "reach --packets")
/// </summary>
public sealed class PacketBatch(ConnectivityModel model, bool isEffective)
{
    private const int MostErrors = 20;

    private readonly PacketJudge _judge = new(model, isEffective);
    private readonly PacketEnds _ends = new(model);

    /// <summary>Reads to the end of the input.</summary>
    /// <param name="input">One object a line: UTF-8, or UTF-16 with its mark.</param>
    /// <param name="name">The input's name in diagnostics.</param>
    /// <param name="answers">Where verdicts go.</param>
    /// <param name="cancellationToken">Looked at before each read.</param>
    public PacketBatchResult Run(Stream input, string name, PacketAnswers answers, CancellationToken cancellationToken = default)
    {
        var errors = ImmutableArray.CreateBuilder<Diagnostic>();
        var (packets, failures) = (0L, 0L);
        var lines = new PacketLines(Decoded(input), () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            answers.Flush();
        });
        while (lines.TryNext(out var line))
        {
            line = line.TrimEnd("\r \t"u8);
            if (line.IsEmpty && !lines.IsTooLong) continue;
            packets++;
            if (Answer(line, lines.IsTooLong, answers) is not { } error) continue;
            failures++;
            answers.Fail(error);
            if (errors.Count < MostErrors) errors.Add(error with { At = new SourceSpan(name, lines.Number) });
        }

        answers.End();
        return new PacketBatchResult(packets, failures, errors.DrainToImmutable());
    }

    // PowerShell redirects in UTF-16.
    private static Stream Decoded(Stream input)
    {
        var head = new HeadStream(input, 3);
        var mark = head.Head.Span;
        if (mark.StartsWith("\uFEFF"u8)) head.Drop(3);
        else if (mark.StartsWith(Encoding.Unicode.Preamble)) return Transcoded(head, Encoding.Unicode);
        else if (mark.StartsWith(Encoding.BigEndianUnicode.Preamble)) return Transcoded(head, Encoding.BigEndianUnicode);
        return head;
    }

    private static Stream Transcoded(HeadStream head, Encoding from)
    {
        head.Drop(2);
        return Encoding.CreateTranscodingStream(head, from, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private Diagnostic? Answer(ReadOnlySpan<byte> line, bool isTooLong, PacketAnswers answers)
    {
        if (isTooLong) return PacketDiagnostics.TooLong(PacketLines.MaxLineBytes);
        var packet = PacketLineReader.Read(line);
        if (packet.Error is { } problem) return problem;
        var (from, to) = (_ends.Find(packet.From), _ends.Find(packet.To));
        if ((from.Error ?? to.Error) is { } error) return error;
        answers.Answer(_judge.Judge(from, to, packet.Point), from, to, packet.Point);
        return null;
    }
}
