using Sallyport.Estates.Files;

namespace Sallyport.Estates.Snapshots;

/// <summary>A sallyport snapshot: <c>{"schemaVersion":1,"kind":"sallyport-snapshot",…}</c>.</summary>
public sealed class SnapshotFormat : IEstateFormat
{
    /// <summary>The only version there is.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Value of <c>kind</c>.</summary>
    public const string Kind = "sallyport-snapshot";

    /// <inheritdoc/>
    public string Name => "sallyport snapshot";

    /// <inheritdoc/>
    public bool Recognises(EstateFileHead head) => head.First == '{' && head.Keys.TryGetValue("kind", out var kind) && kind == Kind;

    /// <inheritdoc/>
    public void Read(Stream content, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken) =>
        new SnapshotReader(new JsonInput(content, file.Name, cancellationToken), into, said).Read();
}
