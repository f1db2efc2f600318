using Sallyport.Estates.Files;

namespace Sallyport.Estates.AwsCli;

/// <summary>
/// Output of <c>aws ec2 describe-*</c> as JSON: whole answers, several pages one after the other or in a list, and the bare lists and
/// single objects that <c>--query</c> leaves. Takes every JSON text that no format before it took.
/// </summary>
public sealed class AwsCliFormat : IEstateFormat
{
    private readonly bool _useScanner;

    /// <summary>The format as it is used.</summary>
    public AwsCliFormat()
        : this(useScanner: true)
    {
    }

    /// <summary>With or without the hot path, so that tests can hold one against the other.</summary>
    internal AwsCliFormat(bool useScanner) => _useScanner = useScanner;

    /// <inheritdoc/>
    public string Name => "AWS CLI JSON";

    /// <inheritdoc/>
    public bool Recognises(EstateFileHead head) =>
        head.First is '{' or '[' or '"' || StartsWithWord(head.Bytes.Span, "null"u8);

    /// <inheritdoc/>
    public void Read(Stream content, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken) =>
        new AwsCliReader(new JsonInput(content, file.Name, cancellationToken), file, into, said, _useScanner).Read();

    private static bool StartsWithWord(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word) =>
        bytes.TrimStart(" \t\r\n"u8).StartsWith(word);
}
