using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;

namespace Sallyport.Aws.Files;

/// <summary>
/// A file, or a folder with everything below it in the order of its names. Hidden files and folders, links to folders, pipes, sockets and devices are passed over.
/// Limits: <see cref="MaxFiles"/> files, <see cref="MaxDepth"/> folders deep, <see cref="MaxFileBytes"/> a file.
/// </summary>
public sealed class FileEstateSource : IEstateSource
{
    /// <summary>Most files of one folder source.</summary>
    public const int MaxFiles = 100_000;

    /// <summary>Deepest nesting of folders.</summary>
    public const int MaxDepth = 32;

    /// <summary>Largest file: 16 GiB.</summary>
    public const long MaxFileBytes = 16L * 1024 * 1024 * 1024;

    private readonly Scope _fallback;
    private readonly EstateFileReader _reader;

    /// <summary>A source of that path.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="fallback">Account and Region of things that neither say theirs nor lie in a folder that does; parts may be empty.</param>
    /// <param name="formats">In the order they are asked.</param>
    public FileEstateSource(string path, Scope fallback, ImmutableArray<IEstateFormat> formats)
    {
        Name = path;
        _fallback = fallback;
        _reader = new EstateFileReader(formats);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Values of the parameters that templates declare.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, CancellationToken cancellationToken) =>
        Task.Run(() => Read(builder, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    private IReadOnlyList<Diagnostic> Read(EstateBuilder builder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Name)) return ReadFile(Name, isPartOfFolder: false, builder, cancellationToken);
        var said = new List<Diagnostic>();
        var files = new List<string>();
        try
        {
            if (!Collect(Name, 0, files, cancellationToken)) return [EstateDiagnostics.TooMuch(Name, $"more than {MaxFiles} files, or more than {MaxDepth} folders deep")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [EstateDiagnostics.Unreadable(Name, e.Message)];
        }

        foreach (var file in files) said.AddRange(ReadFile(file, isPartOfFolder: true, builder, cancellationToken));
        if (said.Count(d => d.Severity == Severity.Note && d.Code == EstateDiagnostics.OtherFile(Name).Code) == files.Count) said.Add(EstateDiagnostics.NothingInFolder(Name));
        return said;
    }

    private IReadOnlyList<Diagnostic> ReadFile(string path, bool isPartOfFolder, EstateBuilder builder, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
            if (stream.CanSeek && stream.Length > MaxFileBytes) return [EstateDiagnostics.TooMuch(path, $"{stream.Length} bytes")];
            var file = new EstateFile(path) { Fallback = FolderScope(path), IsPartOfFolder = isPartOfFolder, Parameters = Parameters, OpenNeighbour = new Neighbours(isPartOfFolder ? Name : Path.GetDirectoryName(path) ?? string.Empty, path).Open };
            return _reader.Read(stream, file, builder, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [EstateDiagnostics.NotFound(path)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return [EstateDiagnostics.Unreadable(path, e.Message)];
        }
    }

    private static bool Collect(string folder, int depth, List<string> files, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (depth > MaxDepth) return false;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry.Name.StartsWith('.')) continue;
            var path = Path.Combine(folder, entry.Name);
            if (entry is FileInfo)
            {
                if (!RegularFile.Is(path)) continue;
                files.Add(path);
                if (files.Count > MaxFiles) return false;
            }
            else if (entry.LinkTarget is null && !Collect(path, depth + 1, files, cancellationToken))
            {
                // A link to a folder may lead back up; a real folder cannot.
                return false;
            }
        }

        return true;
    }

    /// <summary><c>…/111122223333/eu-west-1/…</c>: the last folder that is an account, and a folder (or the file's own name) after it that is a Region.</summary>
    private Scope FolderScope(string path)
    {
        var parts = Path.GetFullPath(path).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        parts[^1] = parts[^1].Split('.')[0];
        var account = Array.FindLastIndex(parts, p => ScopeNames.IsAccount(p));
        if (account < 0) return _fallback;
        var region = Array.FindIndex(parts, account + 1, ScopeNames.IsRegion);
        return new Scope(parts[account], region < 0 ? _fallback.Region : parts[region]);
    }
}
