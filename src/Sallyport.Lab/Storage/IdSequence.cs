using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Lab.Storage;

/// <summary>Ids as EC2 makes them, but the same in every run that makes the same calls, so stories and tests can be repeated.</summary>
internal sealed class IdSequence
{
    /// <summary>How many ids were made; saved with the state.</summary>
    public long Count { get; set; }

    /// <summary>The prefix, <c>0</c> and 16 hex digits.</summary>
    public string Next(string prefix) => prefix + "0" + Hex(string.Create(CultureInfo.InvariantCulture, $"{prefix}{++Count}"), 16);

    /// <summary>An id that always belongs to a text, such as the association id of a VPC's block.</summary>
    public static string Derived(string prefix, string text) => prefix + "0" + Hex(prefix + text, 16);

    /// <summary>Lower-case hex digits that always belong to a text.</summary>
    public static string Hex(string text, int digits) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..digits];
}
