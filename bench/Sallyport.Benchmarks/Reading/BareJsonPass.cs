using System.Text.Json;

namespace Sallyport.Benchmarks.Reading;

/// <summary>What reading of JSON is held against.</summary>
internal static class BareJsonPass
{
    /// <summary>The baseline: every token of the file, from the same kind of buffer, looked at by nobody.</summary>
    public static long Run(string path)
    {
        using var stream = File.OpenRead(path);
        var buffer = new byte[256 * 1024];
        var length = 0;
        long tokens = 0;
        var state = default(JsonReaderState);
        while (true)
        {
            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, length), read == 0, state);
            while (reader.Read()) tokens++;
            state = reader.CurrentState;
            var consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
            length -= consumed;
            if (read == 0) return tokens;
        }
    }
}
