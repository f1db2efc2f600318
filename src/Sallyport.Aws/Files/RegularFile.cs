using System.Runtime.InteropServices;

namespace Sallyport.Aws.Files;

/// <summary>Tells files from pipes, sockets and devices, which .NET's file system types do not.</summary>
internal static class RegularFile
{
    private const int ReadOnlyNonBlocking = 0x800;
    private const int ReadOnlyNonBlockingMac = 0x4;
    private const int SeekCurrent = 1;

    /// <summary>
    /// False for what cannot be read like a file: opening a pipe would wait for a writer for ever. True also for what cannot be
    /// opened at all, so that the reader says why.
    /// </summary>
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        var descriptor = Native.Open(path, OperatingSystem.IsMacOS() ? ReadOnlyNonBlockingMac : ReadOnlyNonBlocking);
        if (descriptor < 0) return true;
        var seeks = Native.Seek(descriptor, 0, SeekCurrent) >= 0;
        _ = Native.Close(descriptor);
        return seeks;
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "lseek", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern long Seek(int descriptor, long offset, int origin);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
