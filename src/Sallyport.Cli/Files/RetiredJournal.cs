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
    public static string? Retire(string path, Plan plan)
    {
        if (Read(path) is not { Header: { } header } journal) return null;
        var isUndone = Read(path + ".undo") is { IsFinished: true };
        var isOther = header.PlanDigest != PlanJsonWriter.DigestOf(plan);
        if (!isUndone && !(journal.IsFinished && isOther)) return null;
        var number = 1;
        while (File.Exists($"{path}.{number}")) number++;
        var aside = $"{path}.{number}";
        if (File.Exists(path + ".undo")) File.Move(path + ".undo", aside + ".undo");
        File.Move(path, aside);
        return aside;
    }

    private static Journal? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var read = Journal.Read(File.ReadAllBytes(path), path);
            return read.IsOk ? read.Value : null;
        }
        catch (IOException)
        {
            // Another run holds it: it stays where it is, and opening it says so.
            return null;
        }
    }
}
