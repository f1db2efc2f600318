using System.Collections.Immutable;
using Sallyport.Terraform;

namespace Sallyport.Aws.Files;

/// <summary>What lies in a folder and everything below it: Terraform's root modules, and all other files.</summary>
internal sealed class FolderContent
{
    private FolderContent(TerraformFolder reader, ImmutableArray<string> files, ImmutableArray<string> links, ImmutableArray<string> folders, bool isTooMuch)
    {
        (Files, Links, IsTooMuch) = (files, links, isTooMuch);
        Code = new TerraformCode(reader.Read);
        Roots = isTooMuch || folders.IsEmpty ? [] : Code.Roots(folders);
    }

    /// <summary>Files that are no Terraform code, in the order of their names.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>Links to files, other than Terraform code, that lead out of the folder.</summary>
    public ImmutableArray<string> Links { get; }

    /// <summary>Folders of root modules.</summary>
    public ImmutableArray<string> Roots { get; }

    /// <summary>The Terraform code.</summary>
    public TerraformCode Code { get; }

    /// <summary>True when there is more than a source may hold.</summary>
    public bool IsTooMuch { get; }

    /// <summary>Lists a folder. Throws what the file system throws.</summary>
    public static FolderContent List(string folder)
    {
        var reader = new TerraformFolder(folder);
        var files = ImmutableArray.CreateBuilder<string>();
        var links = ImmutableArray.CreateBuilder<string>();
        var modules = new SortedSet<string>(StringComparer.Ordinal);
        var count = 0;
        var isTooMuch = !Collect(folder, 0, reader, files, links, modules, ref count);
        return new FolderContent(reader, files.ToImmutable(), links.ToImmutable(), [.. modules], isTooMuch);
    }

    private static bool Collect(string folder, int depth, TerraformFolder reader, ImmutableArray<string>.Builder files, ImmutableArray<string>.Builder links, SortedSet<string> modules, ref int count)
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
                else if (TerraformText.IsValues(entry.Name)) continue;
                else if (reader.LeadsOut(entry)) links.Add(path);
                else if (RegularFile.Is(path)) files.Add(path);
            }
            else if (entry.LinkTarget is null && !Collect(path, depth + 1, reader, files, links, modules, ref count))
            {
                // A link to a folder may lead back up; a real folder cannot.
                return false;
            }
        }

        return true;
    }
}
