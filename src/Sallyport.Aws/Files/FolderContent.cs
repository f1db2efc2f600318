using System.Collections.Immutable;
using Sallyport.Terraform;

namespace Sallyport.Aws.Files;

/// <summary>What lies in a folder and everything below it: Terraform's root modules, and all other files.</summary>
internal sealed class FolderContent
{
    private FolderContent(ImmutableArray<string> files, ImmutableArray<string> folders, bool isTooMuch)
    {
        (Files, IsTooMuch) = (files, isTooMuch);
        Code = new TerraformCode(TerraformFolder.Read);
        Roots = isTooMuch || folders.IsEmpty ? [] : Code.Roots(folders);
    }

    /// <summary>Files that are no Terraform code, in the order of their names.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>Folders of root modules.</summary>
    public ImmutableArray<string> Roots { get; }

    /// <summary>The Terraform code.</summary>
    public TerraformCode Code { get; }

    /// <summary>True when there is more than a source may hold.</summary>
    public bool IsTooMuch { get; }

    /// <summary>Lists a folder. Throws what the file system throws.</summary>
    public static FolderContent List(string folder)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var modules = new SortedSet<string>(StringComparer.Ordinal);
        var count = 0;
        var isTooMuch = !Collect(folder, 0, files, modules, ref count);
        return new FolderContent(files.ToImmutable(), [.. modules], isTooMuch);
    }

    private static bool Collect(string folder, int depth, ImmutableArray<string>.Builder files, SortedSet<string> modules, ref int count)
    {
        if (depth > FileEstateSource.MaxDepth) return false;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry.Name.StartsWith('.')) continue;

            // Paths are shown, and written into reports, as a repository has them.
            var path = folder == "." ? entry.Name : Path.Combine(folder, entry.Name);
            if (entry is FileInfo)
            {
                if (++count > FileEstateSource.MaxFiles) return false;
                if (TerraformText.IsCode(entry.Name)) modules.Add(folder);
                else if (!TerraformText.IsValues(entry.Name) && RegularFile.Is(path)) files.Add(path);
            }
            else if (entry.LinkTarget is null && !Collect(path, depth + 1, files, modules, ref count))
            {
                // A link to a folder may lead back up; a real folder cannot.
                return false;
            }
        }

        return true;
    }
}
