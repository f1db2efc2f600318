using Sallyport.Estates;
using Sallyport.Terraform;

namespace Sallyport.Aws.Files;

/// <summary>Reads Terraform's files of one folder, as Terraform takes them: not those below it, nor hidden ones.</summary>
internal static class TerraformFolder
{
    /// <summary>Code and values; empty for what is no folder. A file that cannot be read says why.</summary>
    public static IReadOnlyList<TerraformText> Read(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder)
                .Where(f => !Path.GetFileName(f).StartsWith('.') && (TerraformText.IsCode(f) || TerraformText.IsValues(f)))
                .Order(StringComparer.Ordinal)
                .Select(f => Text(f, folder))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It takes a name of code to be heard.
            return [new TerraformText(Path.Combine(folder, "main.tf"), null, EstateDiagnostics.Unreadable(folder, e.Message))];
        }
    }

    private static TerraformText Text(string path, string folder)
    {
        var name = folder == "." ? Path.GetFileName(path) : path.Replace('\\', '/');
        try
        {
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
