using Sallyport.Applying;
using Sallyport.Planning;

namespace Sallyport.Cli.Files;

/// <summary>A journal that nothing can be resumed from any more, moved aside so that its place is free for a new run.</summary>
internal static class RetiredJournal
{
    /// <summary>
    /// Moves the journal (and that of its undo) to <c>PATH.1</c>, <c>.2</c> … when its changes were undone, or when it is finished and
    /// about another plan. Returns the new path; null when there is nothing to move. An unfinished journal is never moved.
    /// </summary>
    /// <remarks>
    /// Holds the journal's lock from reading it to moving it: of two runs that start together none moves the journal that the other
    /// has just begun. The undo's journal goes first; a crash between the two moves is completed by the next run.
    /// </remarks>
    public static string? Retire(string path, Plan plan)
    {
        using var held = Open(path, FileAccess.ReadWrite);
        if (held is null || Read(held, path) is not { Header: { } header } journal) return null;
        var number = 1;
        while (File.Exists($"{path}.{number}")) number++;
        var aside = $"{path}.{number}";
        var isHalfMoved = File.Exists(aside + ".undo");
        var isUndone = !isHalfMoved && IsFinished(path + ".undo");
        var isOther = header.PlanDigest != PlanJsonWriter.DigestOf(plan);
        if (!isHalfMoved && !isUndone && !(journal.IsFinished && isOther)) return null;
        if (!isHalfMoved && File.Exists(path + ".undo")) File.Move(path + ".undo", aside + ".undo");
        File.Move(path, aside);
        return aside;
    }

    private static bool IsFinished(string path)
    {
        using var file = Open(path, FileAccess.Read);
        return file is not null && Read(file, path) is { IsFinished: true };
    }

    private static FileStream? Open(string path, FileAccess access)
    {
        if (!File.Exists(path)) return null;
        try
        {
            // Windows moves an open file only when that is shared, and locks it against reading and writing all the same.
            return new FileStream(path, FileMode.Open, access, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            // Another run holds it: it stays where it is, and opening it says so.
            return null;
        }
    }

    private static Journal? Read(FileStream file, string path)
    {
        if (!file.CanSeek || file.Length > Journal.MaxBytes) return null;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var read = Journal.Read(bytes, path);
        return read.IsOk ? read.Value : null;
    }
}
