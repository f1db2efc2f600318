using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Sallyport.Diagnostics;

namespace Sallyport.Estates.Files;

/// <summary>
/// Reads one file of any format: decompresses gzip, reads over a UTF-8 byte-order mark, transcodes UTF-16 with one, finds the format
/// by content and lets it read. All or nothing: a file with an error leaves no trace in the builder.
/// </summary>
public sealed class EstateFileReader
{
    /// <summary>Most bytes a compressed file may expand to: 8 GiB.</summary>
    public const long MaxExpandedBytes = 8L * 1024 * 1024 * 1024;

    private const int HeadBytes = 64 * 1024;

    private readonly ImmutableArray<IEstateFormat> _formats;

    /// <summary>A reader that asks the formats in this order.</summary>
    public EstateFileReader(ImmutableArray<IEstateFormat> formats) => _formats = formats;

    /// <summary>
    /// Reads one file into the builder. Returns what was said (SPD2003 to SPD2082). Throws what the stream throws when the disk or pipe
    /// fails, and <see cref="OperationCanceledException"/>.
    /// </summary>
    public IReadOnlyList<Diagnostic> Read(Stream content, EstateFile file, EstateBuilder builder, CancellationToken cancellationToken = default)
    {
        var said = new FileDiagnostics();
        var own = new EstateBuilder();
        try
        {
            Read(content, file, own, said, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            said.Add(EstateDiagnostics.BadCompression(file.Name, e.Message));
        }

        foreach (var (group, at, what, length) in own.CutTexts) said.Add(EstateDiagnostics.LongText(group.Value, what, length, Estates.LongText.Most, at ?? new SourceSpan(file.Name)));
        if (!said.HasErrors) builder.Absorb(own);
        return said.ToList(file.Name);
    }

    /// <summary>True when the file is a unit of code (<see cref="IEstateFormat.IsCode"/>). Reads no more than its beginning; throws what the stream throws.</summary>
    public bool IsCode(Stream content, EstateFile file)
    {
        try
        {
            var head = new EstateFileHead(file, Open(content).Head);
            return head.First != '\0' && _formats.FirstOrDefault(f => f.Recognises(head)) is { IsCode: true };
        }
        catch (InvalidDataException)
        {
            // Reading it says what is wrong.
            return false;
        }
    }

    /// <summary>The beginning of a file, decompressed and transcoded. Throws what the stream throws, and <see cref="InvalidDataException"/>.</summary>
    public static EstateFileHead HeadOf(Stream content, EstateFile file) => new(file, Open(content).Head);

    private static HeadStream Open(Stream raw)
    {
        var content = new HeadStream(raw, HeadBytes);
        if (content.Head.Span is [0x1F, 0x8B, ..])
        {
            content = new HeadStream(new BoundedStream(new GZipStream(content, CompressionMode.Decompress), content, MaxExpandedBytes), HeadBytes);
        }

        switch (content.Head.Span)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                content.Drop(3);
                break;
            case [0xFF, 0xFE, ..]:
                content = Transcode(content, Encoding.Unicode);
                break;
            case [0xFE, 0xFF, ..]:
                content = Transcode(content, Encoding.BigEndianUnicode);
                break;
        }

        return content;
    }

    private void Read(Stream raw, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken)
    {
        var content = Open(raw);
        var head = new EstateFileHead(file, content.Head);
        if (head.First == '\0' && content.Head.Span.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            said.Add(content.Head.Length < HeadBytes ? EstateDiagnostics.Empty(file.Name) : EstateDiagnostics.Unrecognised(file.Name, FormatNames));
            return;
        }

        if (_formats.FirstOrDefault(f => f.Recognises(head)) is { } format)
        {
            format.Read(content, file, into, said, cancellationToken);
        }
        else
        {
            // A README beside the answers is no mistake; a file that calls itself JSON and is none is one.
            var claims = file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            var beginning = _formats.Select(f => f.BeginningIn(head)).OfType<string>().FirstOrDefault();
            said.Add(file.IsPartOfFolder && !claims ? EstateDiagnostics.OtherFile(file.Name)
                : EstateDiagnostics.Unrecognised(file.Name, FormatNames, beginning, beginning is null ? null : EndOf(head)));
        }
    }

    // Where what was looked at ends; of a file that is cut off, that is where it was cut.
    private static SourceSpan EndOf(EstateFileHead head)
    {
        var text = head.Bytes.Span.TrimEnd("\r\n"u8);
        var column = Encoding.UTF8.GetCharCount(text[(text.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new SourceSpan(head.File.Name, text.Count((byte)'\n') + 1, column);
    }

    private string FormatNames => string.Join(", ", _formats.Select(f => f.Name));

    private static HeadStream Transcode(HeadStream content, Encoding from)
    {
        content.Drop(2);
        return new HeadStream(Encoding.CreateTranscodingStream(content, from, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)), HeadBytes);
    }
}
