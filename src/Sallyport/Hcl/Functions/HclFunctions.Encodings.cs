using System.Security.Cryptography;
using System.Text;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <content>Encodings and digests.</content>
internal static partial class HclFunctions
{
    private static HclFunction[] Encodings =>
    [
        new("jsonencode", 1, 1, a => a[0].IsWhollyKnown ? new HclString(HclJson.Write(a[0])) : null),
        new("jsondecode", 1, 1, a => TextOf(a[0]) is { } text ? HclJson.Read(text) : null),
        new("base64encode", 1, 1, a => Text(a[0], t => Convert.ToBase64String(Encoding.UTF8.GetBytes(t)))),
        new("base64decode", 1, 1, a => TextOf(a[0]) is { } text ? FromBase64(text) : null),
        new("urlencode", 1, 1, a => Text(a[0], t => Uri.EscapeDataString(t).Replace("%20", "+", StringComparison.Ordinal))),
        new("sha256", 1, 1, a => Text(a[0], t => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(t))))),
    ];

    private static HclString? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? new HclString(Encoding.UTF8.GetString(bytes, 0, length)) : null;
    }
}
