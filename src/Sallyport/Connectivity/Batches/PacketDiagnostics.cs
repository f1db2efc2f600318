using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Batches;

/// <summary>Diagnostics of the lines of a packet file: SPD2120-SPD2129. They quote untrusted text.</summary>
internal static class PacketDiagnostics
{
    /// <summary>Not one JSON object.</summary>
    public static Diagnostic NotAnObject(string problem) => new("SPD2120", Severity.Error, $"The line is not one JSON object: {problem}.");

    /// <summary>A key nobody knows, or twice the same.</summary>
    public static Diagnostic BadKey(string key, string problem) =>
        new("SPD2121", Severity.Error, $"The key \"{Short(key)}\" {problem}; a packet has from, to, protocol, and port, or type and code.");

    /// <summary>A value that is missing or cannot be.</summary>
    public static Diagnostic BadValue(string key, string problem) => new("SPD2122", Severity.Error, $"\"{key}\" {problem}.");

    /// <summary>An end that is no single interface or address.</summary>
    public static Diagnostic NoPacketEnd(string text) =>
        new("SPD2123", Severity.Error, $"\"{Short(text)}\" is no end of a packet; write eni-…, an address, or vpc-…/address.");

    /// <summary>A line beyond the limit.</summary>
    public static Diagnostic TooLong(int limitBytes) => new("SPD2124", Severity.Error, $"The line is longer than {limitBytes / 1024} KiB.");

    private static string Short(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
