using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Batches;

/// <summary><c>{"verdict":"allowed"}</c>, one a line.</summary>
internal sealed class PacketAnswerLines(Stream output) : PacketAnswers(output)
{
    private static readonly byte[][] Answers = Objects(string.Empty, "\n");

    internal override void Answer(Verdict verdict, PacketEnd from, PacketEnd to, int point) => Write(Answers[(int)verdict]);

    internal override void Fail(Diagnostic error)
    {
        Write(ObjectOf(error));
        Write("\n"u8);
    }
}
