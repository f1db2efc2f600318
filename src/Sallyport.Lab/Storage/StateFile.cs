using System.Text.Json;
using Sallyport.Diagnostics;

namespace Sallyport.Lab.Storage;

/// <summary>
/// The lab's state on disk. Every change is written whole to a second file, flushed and renamed over the first before it is
/// answered, so the file is always one complete state: the one of the last answer, or of a change that was about to be answered.
/// </summary>
internal sealed class StateFile(string path)
{
    private readonly string _path = path;

    /// <summary>
    /// Fills an empty lab; false when there is no file yet. Throws <see cref="LabStateException"/> when the file is not a state
    /// (SPD2901) and leaves the lab empty.
    /// </summary>
    public bool TryLoad(World world)
    {
        if (!File.Exists(_path)) return false;
        StateDocument document;
        try
        {
            using var file = File.OpenRead(_path);
            document = JsonSerializer.Deserialize(file, StateJson.Default.StateDocument) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException problem)
        {
            var line = (int)(problem.LineNumber ?? -1) + 1;
            var column = line > 0 ? (int)(problem.BytePositionInLine ?? -1) + 1 : 0;
            throw new LabStateException(LabDiagnostics.MalformedState(problem.Message, new SourceSpan(_path, line, column)), problem);
        }

        if (document.Problem() is { } clause) throw new LabStateException(LabDiagnostics.MalformedState(clause, new SourceSpan(_path)));
        document.LoadInto(world);
        return true;
    }

    /// <summary>Replaces the file.</summary>
    public void Save(World world)
    {
        var temporary = _path + ".new";
        using (var file = new FileStream(temporary, FileCreation()))
        {
            JsonSerializer.Serialize(file, StateDocument.Of(world), StateJson.Default.StateDocument);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }

    private static FileStreamOptions FileCreation()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
