using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;

namespace Sallyport.Estates.Files;

/// <summary>
/// Feeds a <see cref="Utf8JsonReader"/> from a stream through one reused buffer, and knows line and column of its tokens. The reader
/// is a local of the caller and passed by reference: <c>while (input.Read(ref reader)) …</c>. Several values may follow each other.
/// Throws <see cref="JsonInputException"/> for text that is cut off, too deep or too long; the reader's own
/// <see cref="JsonException"/> is turned into a diagnostic by <see cref="Explain"/>.
/// </summary>
internal sealed class JsonInput
{
    /// <summary>Deepest nesting taken; EC2's own answers stay under 12.</summary>
    public const int MaxDepth = 64;

    /// <summary>Longest single token or pinned object, in bytes.</summary>
    public const int MaxValueBytes = 64 * 1024 * 1024;

    private const int VainAllowed = 16 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth, AllowMultipleValues = true };

    private readonly Stream _stream;
    private readonly CancellationToken _cancellationToken;
    private byte[] _buffer;
    private int _length;
    private int _readerStart;
    private int _pin = -1;
    private bool _isEnded;
    private bool _hasAdvanced;
    private long _vain;

    // Newlines are counted lazily: up to _counted the line is _line, which began at _lineStart; of a line that began before the buffer,
    // _carriedColumns characters are gone.
    private int _counted;
    private int _line = 1;
    private int _lineStart;
    private int _carriedColumns;

    public JsonInput(Stream stream, string file, CancellationToken cancellationToken, int bufferBytes = 256 * 1024)
    {
        _stream = stream;
        File = file;
        _cancellationToken = cancellationToken;
        _buffer = new byte[bufferBytes];
    }

    /// <summary>Name for messages.</summary>
    public string File { get; }

    /// <summary>The reader to begin with, before the first token.</summary>
    public Utf8JsonReader Start()
    {
        Fill();
        return new Utf8JsonReader(_buffer.AsSpan(0, _length), isFinalBlock: false, new JsonReaderState(Options));
    }

    /// <summary>Moves to the next token; false after the last value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Read(ref Utf8JsonReader reader) => reader.Read() || ReadOn(ref reader);

    /// <summary>Inside an object: moves to the next property name; false at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextProperty(ref Utf8JsonReader reader) => Read(ref reader) && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Inside an array: moves to the next element; false at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextElement(ref Utf8JsonReader reader) => Read(ref reader) && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Passes over the current value (or the value of the current property).</summary>
    public void Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName) Read(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || TryOvertake(ref reader)) return;
        var depth = reader.CurrentDepth;
        while (Read(ref reader) && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) TryOvertake(ref reader);
        }
    }

    // Sets the reader before the closing bracket, for which it is in the state that it had behind the opening one, and has it read that. What
    // is cut off by the end of the buffer is looked through in vain, again for each level: what that may cost is bounded by what was gained.
    private bool TryOvertake(ref Utf8JsonReader reader)
    {
        if (_vain > VainAllowed) return false;
        var ahead = Ahead(ref reader);
        var end = JsonValueEnd.Find(ahead, reader.TokenType == JsonTokenType.StartObject, JsonValueEnd.MaxDepth - reader.CurrentDepth);
        if (end < 0)
        {
            _vain += ahead.Length;
            return false;
        }

        _vain -= Math.Min(end, _vain);
        Advance(ref reader, end, reader.CurrentState);
        return Read(ref reader);
    }

    /// <summary>Keeps the bytes from the current token on in the buffer until <see cref="Unpin"/>.</summary>
    public void Pin(ref Utf8JsonReader reader) => _pin = _readerStart + (int)reader.TokenStartIndex;

    /// <summary>Lets pinned bytes go.</summary>
    public void Unpin() => _pin = -1;

    /// <summary>Gets more bytes while the reader stays where it is, so that a copy of it can look further ahead; false at the end of the text.</summary>
    public bool LookFurther(ref Utf8JsonReader reader)
    {
        if (reader.IsFinalBlock) return false;
        Refill(ref reader);
        return true;
    }

    /// <summary>The whole pinned object, whose end the reader is moved to. Valid until the next move; lets the pin go.</summary>
    public ReadOnlyMemory<byte> TakePinned(ref Utf8JsonReader reader)
    {
        Skip(ref reader);
        var end = _readerStart + (int)reader.BytesConsumed;
        var taken = _buffer.AsMemory(_pin, end - _pin);
        _pin = -1;
        return taken;
    }

    /// <summary>The bytes at hand behind the current token. Valid until the next move.</summary>
    public ReadOnlySpan<byte> Ahead(ref Utf8JsonReader reader)
    {
        var start = _readerStart + (int)reader.BytesConsumed;
        return _buffer.AsSpan(start, _length - start);
    }

    /// <summary>1-based line of a byte of <see cref="Ahead"/>.</summary>
    public int LineAhead(ref Utf8JsonReader reader, int offset)
    {
        CountTo(_readerStart + (int)reader.BytesConsumed + offset);
        return _line;
    }

    /// <summary>Passes over bytes of <see cref="Ahead"/> that somebody else read, and goes on in a state that is right for what follows them.</summary>
    public void Advance(ref Utf8JsonReader reader, int bytes, JsonReaderState state)
    {
        _readerStart += (int)reader.BytesConsumed + bytes;
        _hasAdvanced = true;
        reader = new Utf8JsonReader(_buffer.AsSpan(_readerStart, _length - _readerStart), reader.IsFinalBlock, state);
    }

    /// <summary>1-based line of the current token. Tokens must be asked for in their order.</summary>
    public int LineOf(ref Utf8JsonReader reader)
    {
        CountTo(_readerStart + (int)reader.TokenStartIndex);
        return _line;
    }

    /// <summary>Place of the current token. Tokens must be asked for in their order.</summary>
    public SourceSpan PlaceOf(ref Utf8JsonReader reader) => PlaceOf(_readerStart + (int)reader.TokenStartIndex);

    /// <summary>The current string. Throws <see cref="JsonInputException"/> when it is no valid Unicode.</summary>
    public string GetText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonInputException(EstateDiagnostics.BadText(PlaceOf(ref reader)));
        }
    }

    /// <summary>The diagnostic for the reader's own exception, which counts lines itself unless bytes were passed over: then it is at the token that is wrong.</summary>
    public Diagnostic Explain(JsonException exception, ref Utf8JsonReader reader)
    {
        var at = _hasAdvanced ? PlaceOf(BehindBlanks(_readerStart + (int)reader.BytesConsumed)) : new SourceSpan(File, (int)Math.Min(exception.LineNumber ?? 0, int.MaxValue - 1) + 1, (int)Math.Min(exception.BytePositionInLine ?? 0, int.MaxValue - 1) + 1);
        if (reader.CurrentDepth >= MaxDepth - 1) return EstateDiagnostics.TooDeep(MaxDepth, at);
        var sentence = exception.Message;
        var tail = sentence.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return EstateDiagnostics.BadJson(tail < 0 ? sentence : sentence[..tail], at);
    }

    private int BehindBlanks(int at)
    {
        var blanks = _buffer.AsSpan(at, _length - at).IndexOfAnyExcept(" \t\r\n"u8);
        return blanks < 0 ? at : at + blanks;
    }

    private SourceSpan PlaceOf(int at)
    {
        CountTo(at);
        return new SourceSpan(File, _line, 1 + _carriedColumns + CountCharacters(_lineStart, Math.Max(at, _lineStart)));
    }

    private bool ReadOn(ref Utf8JsonReader reader)
    {
        do
        {
            if (reader.IsFinalBlock) return false;
            Refill(ref reader);
        }
        while (!reader.Read());
        return true;
    }

    private void Refill(ref Utf8JsonReader reader)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var consumed = _readerStart + (int)reader.BytesConsumed;
        CountTo(consumed);
        var keep = _pin >= 0 ? Math.Min(_pin, consumed) : consumed;
        if (_lineStart < keep)
        {
            _carriedColumns += CountCharacters(_lineStart, keep);
            _lineStart = keep;
        }

        var kept = _length - keep;
        if (kept >= MaxValueBytes) throw new JsonInputException(EstateDiagnostics.TooLong(MaxValueBytes, PlaceOf(ref reader)));
        var target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, keep, target, 0, kept);
        _buffer = target;
        _length = kept;
        if (_pin >= 0) _pin -= keep;
        _readerStart = consumed - keep;
        _counted -= keep;
        _lineStart -= keep;
        Fill();
        if (_isEnded) ThrowIfCutOff(ref reader);
        reader = new Utf8JsonReader(_buffer.AsSpan(_readerStart, _length - _readerStart), _isEnded, reader.CurrentState);
    }

    private void Fill()
    {
        // A full buffer each time: a pipe that trickles must not make a look-ahead start over for every few bytes.
        while (_length < _buffer.Length)
        {
            var read = _stream.Read(_buffer, _length, _buffer.Length - _length);
            if (read == 0)
            {
                _isEnded = true;
                return;
            }

            _length += read;
        }
    }

    private void ThrowIfCutOff(ref Utf8JsonReader reader)
    {
        // Only when nothing but the rest of an unfinished token can follow is the text known to be cut off: a complete rest is read on.
        var isOpen = reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName;
        if (!isOpen) return;
        var rest = new Utf8JsonReader(_buffer.AsSpan(_readerStart, _length - _readerStart), isFinalBlock: false, reader.CurrentState);
        try
        {
            while (rest.Read())
            {
                if (rest.CurrentDepth == 0 && rest.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) return;
            }
        }
        catch (JsonException)
        {
            // Not cut off but wrong: the real reader will meet the same place and say so.
            return;
        }

        CountTo(_length);
        throw new JsonInputException(EstateDiagnostics.CutOff(new SourceSpan(File, _line, 1 + _carriedColumns + CountCharacters(_lineStart, _length))));
    }

    private void CountTo(int end)
    {
        if (end <= _counted) return;
        var span = _buffer.AsSpan(_counted, end - _counted);
        var lines = span.Count((byte)'\n');
        if (lines > 0)
        {
            _line += lines;
            _lineStart = _counted + span.LastIndexOf((byte)'\n') + 1;
            _carriedColumns = 0;
        }

        _counted = end;
    }

    private int CountCharacters(int start, int end) => Encoding.UTF8.GetCharCount(_buffer.AsSpan(start, end - start));
}
