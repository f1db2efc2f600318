using Sallyport.Cli.Files;
using Sallyport.Estates;
using Sallyport.Patching;

namespace Sallyport.Cli.Output;

/// <summary>Makes a patch of the user's code and writes it.</summary>
internal static class PatchOutput
{
    /// <summary>The patch, with a way to write it.</summary>
    public static (CodePatch Patch, Action<Stream> Write) Of(IOContext io, Estate declared, IEnumerable<CodeChange> changes, IEnumerable<string> remarks)
    {
        var files = new CodeFiles(io.Directory);
        var patch = CodePatcher.Patch(declared, changes, files);
        files.Cover(patch.Files.Select(f => f.Path));
        var where = files.Folder == Path.GetFullPath(io.Directory) || patch.Files.IsEmpty ? [] : new[] { $"Apply this in {files.Folder}." };
        return (patch, stream => ReachOutput.WriteText(stream, text => CodePatchWriter.Write(patch, files.NameOf, [.. where, .. remarks], text)));
    }
}
