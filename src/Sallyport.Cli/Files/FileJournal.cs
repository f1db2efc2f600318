using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sallyport.Applying;

namespace Sallyport.Cli.Files;

/// <summary>
/// A journal in a file: created for its owner only (0600), every line forced to the disk before the call it announces, the
/// folder's entry too when the file is new. Held open and locked: a second process with the same journal is refused by the
/// operating system (<see cref="IOException"/>).
/// </summary>
internal sealed class FileJournal : IJournal, IAsyncDisposable
{
    private readonly FileStream _stream;

    private FileJournal(string path, FileStream stream)
    {
        Name = path;
        _stream = stream;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Opens or creates the file.</summary>
    public static FileJournal Open(string path)
    {
        var isNew = !File.Exists(path);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(path, options);
        if (isNew && !OperatingSystem.IsWindows()) SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new FileJournal(path, stream);
    }

    /// <summary>Opens an existing journal only to read it, as undo does with the one it takes back.</summary>
    public static FileJournal OpenRead(string path) =>
        new(path, new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 0 }));

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        if (_stream.Length > Journal.MaxBytes) throw new IOException($"{Name} is larger than a journal can be.");
        var bytes = new byte[_stream.Length];
        _stream.Position = 0;
        await _stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <inheritdoc/>
    public async Task AppendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        _stream.Position = _stream.Length;
        await _stream.WriteAsync(line, cancellationToken);
        _stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public Task TruncateAsync(long length, CancellationToken cancellationToken)
    {
        _stream.SetLength(length);
        _stream.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A run that was refused before its first line leaves no journal behind.
        if (_stream.CanWrite && _stream.Length == 0) File.Delete(Name);
        await _stream.DisposeAsync();
    }

    // A new file's name is durable only when its folder is. .NET opens no folders, so the system is asked directly.
    [UnsupportedOSPlatform("windows")]
    private static void SyncFolder(string folder)
    {
        var descriptor = NativeMethods.Open(folder, 0);
        if (descriptor < 0) return;
        _ = NativeMethods.Sync(descriptor);
        _ = NativeMethods.Close(descriptor);
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Sync(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
