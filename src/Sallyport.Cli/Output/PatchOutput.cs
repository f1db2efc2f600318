using System.Collections.Immutable;
using Sallyport.Cli.Files;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Patching;

namespace Sallyport.Cli.Output;

/// <summary>A patch of the user's code with what is to be said beside it, ready to be written.</summary>
internal sealed class PatchOutput
{
    private readonly PatchNames _names;
    private readonly ImmutableArray<PatchRemark> _remarks;

    private PatchOutput(CodePatch patch, PatchNames names, ImmutableArray<PatchRemark> remarks) => (Patch, _names, _remarks) = (patch, names, remarks);

    /// <summary>The patch.</summary>
    public CodePatch Patch { get; }

    /// <summary>What to say on standard error.</summary>
    public ImmutableArray<Diagnostic> Said { get; private init; } = [];

    /// <summary>Makes a patch.</summary>
    /// <param name="io">Whose working directory the paths in the patch start at, unless a file lies elsewhere.</param>
    /// <param name="declared">What was read from the code.</param>
    /// <param name="sources">Where it was read from, as the command line said it.</param>
    /// <param name="changes">What to change.</param>
    /// <param name="remarks">What to say in the patch, knowing it.</param>
    public static PatchOutput Of(IOContext io, Estate declared, IEnumerable<string> sources, IEnumerable<CodeChange> changes, Func<CodePatch, IEnumerable<PatchRemark>> remarks)
    {
        var files = new CodeFiles(io.Directory);
        var patch = CodePatcher.Patch(declared, changes, files);
        ImmutableArray<PatchRemark> said = [.. remarks(patch)];
        files.Cover(sources, patch.Files.Select(f => f.Path).Concat(patch.Questions.Select(q => q.At?.File)).Concat(said.Select(r => r.At?.File)).OfType<string>());
        return new PatchOutput(patch, new PatchNames(files.NameOf, declared), said)
        {
            Said = files.Folder == Path.GetFullPath(io.Directory) || patch.Files.IsEmpty ? [] : [PatchDiagnostics.AppliesIn(files.Folder)],
        };
    }

    /// <summary>Writes it.</summary>
    public void Write(Stream stream) => ReachOutput.WriteText(stream, text => CodePatchWriter.Write(Patch, _names, _remarks, text));
}
