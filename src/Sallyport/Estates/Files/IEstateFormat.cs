namespace Sallyport.Estates.Files;

/// <summary>One file format that an estate can be read from. Formats are asked in order; the first that recognises a file reads it.</summary>
public interface IEstateFormat
{
    /// <summary>What to call it in messages: <c>AWS CLI JSON</c>.</summary>
    string Name { get; }

    /// <summary>
    /// True when a file of the format is a unit of code, whose names are its own: where a command reads several, each puts its path in front of
    /// the ids that it makes up (<see cref="EstateFile.Unit"/>).
    /// </summary>
    bool IsCode => false;

    /// <summary>Judges by content alone; the name may confirm but never decide.</summary>
    bool Recognises(EstateFileHead head);

    /// <summary>What a file that no format takes may be the beginning of: <c>the beginning of a letter</c>; null when it looks like nothing of this format.</summary>
    string? BeginningIn(EstateFileHead head) => null;

    /// <summary>
    /// Reads one file. <paramref name="content"/> is UTF-8 without a byte-order mark, decompressed, from the start. The builder is this
    /// file's own: when an error is reported it is thrown away, so nothing of a broken file gets into an estate.
    /// </summary>
    void Read(Stream content, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken);
}
