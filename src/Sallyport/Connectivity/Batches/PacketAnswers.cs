using System.Text.Json;
using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Batches;

/// <summary>Writes the answers of a batch in one format: bytes made ready once for each verdict, through one buffer.</summary>
public abstract class PacketAnswers
{
    private readonly Stream _output;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _length;

    private protected PacketAnswers(Stream output) => _output = output;

    /// <summary>One object a line, as the contract has it.</summary>
    public static PacketAnswers Lines(Stream output) => new PacketAnswerLines(output);

    /// <summary>One document with the answers in a list.</summary>
    public static PacketAnswers Document(Stream output) => new PacketAnswerDocument(output);

    /// <summary>One verdict.</summary>
    internal abstract void Answer(Verdict verdict, PacketEnd from, PacketEnd to, int point);

    /// <summary>A line that is no packet.</summary>
    internal abstract void Fail(Diagnostic error);

    /// <summary>After the last answer.</summary>
    internal virtual void End() => Flush();

    /// <summary>Hands over what was written so far.</summary>
    internal void Flush()
    {
        if (_length == 0) return;
        _output.Write(_buffer, 0, _length);
        _length = 0;
        _output.Flush();
    }

    private protected void Write(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _buffer.Length)
        {
            _output.Write(_buffer, 0, _length);
            _length = 0;
        }

        if (bytes.Length > _buffer.Length)
        {
            _output.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The object of an answer without an error, for every verdict by its number.</summary>
    private protected static byte[][] Objects(string before, string after) =>
        [.. Enum.GetValues<Verdict>().Select(v => System.Text.Encoding.UTF8.GetBytes($"{before}{{\"verdict\":\"{VerdictNames.Of(v)}\"}}{after}"))];

    /// <summary>The object of a line that is no packet.</summary>
    private protected static byte[] ObjectOf(Diagnostic error)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("verdict", VerdictNames.Of(Verdict.Unknown));
            json.WriteString("error", $"{error.Code} {error.Message}");
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
