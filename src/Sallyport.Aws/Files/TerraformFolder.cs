using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Terraform;

namespace Sallyport.Aws.Files;

/// <summary>
/// Reads Terraform's files of one folder, as Terraform takes them: not those below it, nor hidden ones. Links that lead out of the source are
/// not followed. A module may lie outside by its path: of it only code is read, and only what lies in its own folder.
/// </summary>
/// <param name="source">The folder that the user named.</param>
internal sealed class TerraformFolder(string source)
{
    private readonly RealPaths _real = new();
    private readonly string _whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));

    /// <summary>True for a link in the source that leads out of it.</summary>
    public bool LeadsOut(FileSystemInfo entry) => entry.LinkTarget is not null && !RealPaths.IsWithin(_real.Of(entry.FullName), _real.Of(_whole));

    /// <summary>Code and values; empty for what is no folder. A file that cannot be read says why.</summary>
    public IReadOnlyList<TerraformText> Read(string folder)
    {
        try
        {
            var real = _real.Of(folder);
            var isInside = RealPaths.IsWithin(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), _whole);
            if (isInside && !RealPaths.IsWithin(real, _real.Of(_whole))) return Directory.Exists(folder) ? [InPlaceOf(folder, EstateDiagnostics.LinkLeadsOut(folder, source))] : [];
            var within = isInside ? _real.Of(_whole) : real;
            return [.. new DirectoryInfo(folder).EnumerateFiles()
                .Where(f => !f.Name.StartsWith('.') && (TerraformText.IsCode(f.Name) || (isInside && TerraformText.IsValues(f.Name))))
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => Text(f, folder, within))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [InPlaceOf(folder, EstateDiagnostics.Unreadable(folder, e.Message))];
        }
    }

    // It takes a name of code to be heard.
    private static TerraformText InPlaceOf(string folder, Diagnostic problem) => new(Path.Combine(folder, "main.tf"), null, problem);

    private TerraformText Text(FileInfo file, string folder, string within)
    {
        var name = folder == "." ? file.Name : Path.Combine(folder, file.Name).Replace('\\', '/');
        try
        {
            if (file.LinkTarget is not null && !RealPaths.IsWithin(_real.Of(file.FullName), within)) return new TerraformText(name, null, EstateDiagnostics.LinkLeadsOut(name, source));
            var path = Path.Combine(folder, file.Name);
            if (!RegularFile.Is(path)) return new TerraformText(name, null, EstateDiagnostics.Unreadable(name, "it is no regular file"));
            // Of the open file: a link has a length of its own. A device has none, and no end either.
            using var stream = File.OpenRead(path);
            if (!stream.CanSeek || (stream.Length == 0 && stream.ReadByte() >= 0)) return new TerraformText(name, null, EstateDiagnostics.Unreadable(name, "it is no regular file"));
            if (stream.Length > 4L * TerraformText.MaxLength) return new TerraformText(name, null, EstateDiagnostics.TooMuch(name, $"more than {4L * TerraformText.MaxLength} bytes"));
            using var reader = new StreamReader(stream);
            return new TerraformText(name, reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TerraformText(name, null, EstateDiagnostics.Unreadable(name, e.Message));
        }
    }
}
