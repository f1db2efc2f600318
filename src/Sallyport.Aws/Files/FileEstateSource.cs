using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;

namespace Sallyport.Aws.Files;

/// <summary>
/// A file, or a folder with everything below it in the order of its names. Hidden files and folders, links to folders, links that lead out of the folder (these are said), pipes, sockets and devices are passed over.
/// Folders with Terraform code are modules: each root module is read with what it calls. Limits: <see cref="MaxFiles"/> files, <see cref="MaxDepth"/> folders deep,
/// <see cref="MaxFileBytes"/> a file.
/// </summary>
public sealed class FileEstateSource : ICodeSource
{
    /// <summary>Most files of one folder source.</summary>
    public const int MaxFiles = 100_000;

    /// <summary>Deepest nesting of folders.</summary>
    public const int MaxDepth = 32;

    /// <summary>Largest file: 16 GiB.</summary>
    public const long MaxFileBytes = 16L * 1024 * 1024 * 1024;

    private const long ShortFileBytes = 256 * 1024;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private readonly Scope _fallback;
    private readonly EstateFileReader _reader;
    private readonly bool _knowsCode;
    private readonly Lazy<FolderContent?> _content;

    /// <summary>A source of that path.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="fallback">Account and Region of things that neither say theirs nor lie in a folder that does; parts may be empty.</param>
    /// <param name="formats">In the order they are asked.</param>
    public FileEstateSource(string path, Scope fallback, ImmutableArray<IEstateFormat> formats)
    {
        Name = path;
        _fallback = fallback;
        _reader = new EstateFileReader(formats);
        _knowsCode = formats.Any(f => f.IsCode);
        _content = new(() => Directory.Exists(path) ? FolderContent.List(path) : null);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Values of the parameters that templates declare.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Takes the names of the parameters that templates declare; null when nobody asks.</summary>
    public ParameterNames? ParameterNames { get; init; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Diagnostic>> ReadAsync(EstateBuilder builder, CancellationToken cancellationToken)
    {
        var code = (ICodeSource)this;
        return await code.ReadAsync(builder, await code.CountUnitsAsync(cancellationToken) > 1 ? UnitNames.WithinSource : UnitNames.None, cancellationToken);
    }

    bool ICodeSource.IsOneUnit => !Directory.Exists(Name);

    Task<int> ICodeSource.CountUnitsAsync(CancellationToken cancellationToken) => IsShort(cancellationToken)
        ? Task.FromResult(CountUnits(cancellationToken))
        : Task.Run(() => CountUnits(cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    Task<IReadOnlyList<Diagnostic>> ICodeSource.ReadAsync(EstateBuilder builder, UnitNames names, CancellationToken cancellationToken) => IsShort(cancellationToken)
        ? Task.FromResult(Read(builder, names, cancellationToken))
        : Task.Run(() => Read(builder, names, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    // A thread, which an interruption could leave behind, is not started for a file that is read sooner. Pipes have no length.
    private bool IsShort(CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && new FileInfo(Name) is { Exists: true, Length: > 0 and <= ShortFileBytes };

    private int CountUnits(CancellationToken cancellationToken)
    {
        try
        {
            if (!_knowsCode) return 0;
            if (_content.Value is not { } content) return IsCode(Name) ? 1 : 0;
            var units = content.Roots.Length;
            foreach (var file in content.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (units > 1) break;
                if (IsCode(file)) units++;
            }

            return units;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading says so.
            return 0;
        }
    }

    private IReadOnlyList<Diagnostic> Read(EstateBuilder builder, UnitNames names, CancellationToken cancellationToken)
    {
        FolderContent? content;
        try
        {
            content = _content.Value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [EstateDiagnostics.Unreadable(Name, e.Message)];
        }

        if (content is null) return ReadFile(Name, isPartOfFolder: false, builder, names, cancellationToken);
        if (content.IsTooMuch) return [EstateDiagnostics.TooMuch(Name, $"more than {MaxFiles} files, or more than {MaxDepth} folders deep")];
        var roots = content.Roots.Select(root => (root, new EstateFile(root) { Fallback = FolderScope(Path.Combine(root, "main.tf")), IsPartOfFolder = true, Unit = UnitOf(root, names) })).ToList();
        var said = new List<Diagnostic>(content.Code.Read(roots, builder, cancellationToken));
        said.AddRange(content.Code.TakeProblems());
        foreach (var link in content.Links)
        {
            said.Add(EstateDiagnostics.LinkLeadsOut(link, Name));
            builder.Add(new EstateGap(GapKind.SecurityGroups, link, "It is a link that leads out of the source, and was not followed."));
        }

        var hasCode = new Lazy<bool>(() => !content.Roots.IsEmpty || content.Files.Any(IsCode));
        said.AddRange(ReadFiles(content.Files, builder, names, cancellationToken).Select(d => PassedOver(d, hasCode)));
        var isNothing = content.Roots.IsEmpty && said.Count(d => d.Severity == Severity.Note && d.Code == EstateDiagnostics.OtherFile(Name).Code) == content.Files.Length;
        if (isNothing) said.Add(EstateDiagnostics.NothingInFolder(Name));
        return said;
    }

    /// <summary>Reads the files of a folder. A template that another nests is read from there, with what it is passed, and not by itself.</summary>
    private List<Diagnostic> ReadFiles(ImmutableArray<string> paths, EstateBuilder builder, UnitNames names, CancellationToken cancellationToken)
    {
        var read = new List<(string Path, EstateBuilder? Own, IReadOnlyList<Diagnostic> Said, ISet<string> Opened)>();
        foreach (var path in paths)
        {
            // Only code has parts: everything else goes straight to where it belongs.
            var own = _knowsCode && MayNest(path) && IsCode(path) ? new EstateBuilder() : null;
            var opened = new HashSet<string>(StringComparer.Ordinal);
            read.Add((path, own, ReadFile(path, isPartOfFolder: true, own ?? builder, names, cancellationToken, opened), opened));
        }

        var nested = read.SelectMany(r => r.Opened.Where(o => o != Path.GetFullPath(r.Path))).ToHashSet(StringComparer.Ordinal);
        var covered = read.Where(r => !nested.Contains(Path.GetFullPath(r.Path))).SelectMany(r => r.Opened).ToHashSet(StringComparer.Ordinal);
        var said = new List<Diagnostic>();
        foreach (var (path, own, spoken, _) in read)
        {
            if (own is not null && covered.Contains(Path.GetFullPath(path))) continue;
            if (own is not null) builder.Absorb(own);
            said.AddRange(spoken);
        }

        return said;
    }

    private static bool MayNest(string path) => Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".json" or ".template" or ".cfn";

    private IReadOnlyList<Diagnostic> ReadFile(string path, bool isPartOfFolder, EstateBuilder builder, UnitNames names, CancellationToken cancellationToken, HashSet<string>? opened = null)
    {
        try
        {
            using var stream = Open(path);
            if (stream.CanSeek && stream.Length > MaxFileBytes) return [EstateDiagnostics.TooMuch(path, $"{stream.Length} bytes")];
            var neighbours = new Neighbours(isPartOfFolder ? Name : Path.GetDirectoryName(path) ?? string.Empty, path, opened);
            var file = new EstateFile(path) { Fallback = FolderScope(path), IsPartOfFolder = isPartOfFolder, Unit = UnitOf(path, names), Parameters = Parameters, ParameterNames = ParameterNames, OpenNeighbour = neighbours.Open };
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

    // A repository of code holds JSON of many kinds; among answers of the AWS CLI it is a mistake.
    private static Diagnostic PassedOver(Diagnostic diagnostic, Lazy<bool> hasCode) =>
        diagnostic.At is { File: var file } && (diagnostic.Code == EstateDiagnostics.Unrecognised(file, string.Empty).Code || diagnostic.Code == EstateDiagnostics.Empty(file).Code) && hasCode.Value
            ? EstateDiagnostics.OtherFile(file) : diagnostic;

    private bool IsCode(string path)
    {
        try
        {
            using var stream = Open(path);
            return _reader.IsCode(stream, new EstateFile(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Reading it says so.
            return false;
        }
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });

    private string UnitOf(string path, UnitNames names) => names switch
    {
        UnitNames.None => string.Empty,
        UnitNames.WithSource => path.Replace('\\', '/'),
        _ => Path.GetRelativePath(Name, path).Replace('\\', '/'),
    };

    /// <summary><c>…/111122223333/eu-west-1/…</c>: the last folder that is an account, and a folder (or the file's own name) after it that is a Region.</summary>
    private Scope FolderScope(string path)
    {
        var parts = Path.GetFullPath(path).Split(Separators);
        parts[^1] = parts[^1].Split('.')[0];
        var account = Array.FindLastIndex(parts, p => ScopeNames.IsAccount(p));
        if (account < 0) return _fallback;
        var region = Array.FindIndex(parts, account + 1, ScopeNames.IsRegion);
        return new Scope(parts[account], region < 0 ? _fallback.Region : parts[region]);
    }
}
