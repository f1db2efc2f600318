using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Batches;

/// <summary><c>{"schemaVersion":1,"answers":[{"verdict":"allowed"}]}</c>, an answer a line.</summary>
internal sealed class PacketAnswerDocument(Stream output) : PacketAnswers(output)
{
    private static readonly byte[][] Answers = Objects(string.Empty, string.Empty);

    private bool _hasAnswer;

    internal override void Answer(Verdict verdict, PacketEnd from, PacketEnd to, int point)
    {
        Begin();
        Write(Answers[(int)verdict]);
    }

    internal override void Fail(Diagnostic error)
    {
        Begin();
        Write(ObjectOf(error));
    }

    internal override void End()
    {
        Write(_hasAnswer ? "\n]}\n"u8 : "{\"schemaVersion\":1,\"answers\":[]}\n"u8);
        base.End();
    }

    private void Begin()
    {
        Write(_hasAnswer ? ",\n"u8 : "{\"schemaVersion\":1,\"answers\":[\n"u8);
        _hasAnswer = true;
    }
}
