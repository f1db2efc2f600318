using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Auditing;

/// <summary>The identity of a finding from run to run.</summary>
internal static class Fingerprint
{
    private const int Bytes = 16;

    /// <summary>32 hex digits over rule, account, Region, resource id and each atom's direction, protocol, ports and peer.</summary>
    public static string Of(string rule, FindingResource resource, IEnumerable<EvidenceAtom> evidence)
    {
        var text = new StringBuilder()
            .Append(rule).Append('\n')
            .Append(resource.Scope.Account).Append('\n')
            .Append(resource.Scope.Region).Append('\n')
            .Append(resource.Id).Append('\n');
        foreach (var atom in evidence) text.Append(atom.Key).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Bytes));
    }
}
