using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Questions;

/// <summary>Diagnostics of the lines of a packet file: SPD2120-SPD2129. They quote untrusted text.</summary>
internal static class PacketDiagnostics
{
    /// <summary>An end that is no single interface or address.</summary>
    public static Diagnostic NoPacketEnd(string text) =>
        new("SPD2123", Severity.Error, $"\"{(text.Length <= 300 ? text : $"{text[..300]}…")}\" is no end of a packet; write eni-…, an address, or vpc-…/address.");
}
