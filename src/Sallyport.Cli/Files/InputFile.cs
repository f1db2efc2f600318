namespace Sallyport.Cli.Files;

/// <summary>Reads a file that the user named: bounded, and given up on when the run is cancelled even while a pipe keeps it waiting.</summary>
internal static class InputFile
{
    /// <summary>The whole content. Throws <see cref="IOException"/> beyond the limit, and what opening a file throws.</summary>
    public static Task<byte[]> ReadAsync(string path, long mostBytes, CancellationToken cancellationToken) =>
        Task.Run(() => Read(path, mostBytes, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    private static byte[] Read(string path, long mostBytes, CancellationToken cancellationToken)
    {
        using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        var buffer = new byte[128 * 1024];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (content.Length + read > mostBytes) throw new IOException($"it is larger than {mostBytes / (1024 * 1024)} MiB");
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
