namespace Sallyport.Cli.Files;

/// <summary>Writes a file whole or not at all: into a temporary file beside it, synced, then renamed over it. Links are followed; devices and pipes are written directly.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Calls <paramref name="write"/> with the temporary file's stream and renames it when that returned. Readable by the owner
    /// only (0600) where the system knows modes: estates, plans and journals say where an account is weak.
    /// </summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        if (new FileInfo(full) is { LinkTarget: not null } link) full = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder)) throw new DirectoryNotFoundException($"there is no folder {folder}");
        if (OpenDevice(full) is { } device)
        {
            await using (device) await write(device);
            return;
        }

        var temporary = $"{full}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (var stream = new FileStream(temporary, options))
            {
                await write(stream);
                await stream.FlushAsync(cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Devices and pipes are written to as they are: renaming a file over /dev/null would take it from the whole machine.
    private static FileStream? OpenDevice(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path)) return null;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (!stream.CanSeek || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal)) return stream;
        stream.Dispose();
        return null;
    }
}
