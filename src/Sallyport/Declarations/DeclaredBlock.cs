using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Declarations;

/// <summary>An address block as code writes it.</summary>
/// <param name="Peer">Null when it is none.</param>
/// <param name="Problem">A clause when it is none.</param>
/// <param name="Slip">A clause: in what it is not written as EC2 writes it; null for almost every block.</param>
internal readonly record struct DeclaredBlock(CidrPeer? Peer, string? Problem, string? Slip)
{
    /// <summary>Reads a block of the family that its field wants; host bits and the other family are read, said, and a slip.</summary>
    public static DeclaredBlock Read(string text, IpFamily expected, string field, SourceSpan? at, FileDiagnostics said)
    {
        if (!Cidr.TryParse(text, out var cidr, out var hadHostBits)) return new DeclaredBlock(null, $"\"{text}\" is not a CIDR block", null);
        string? slip = null;
        if (hadHostBits)
        {
            if (at is not null) said.Add(EstateDiagnostics.HostBits(text, cidr.ToString(), at));
            slip = $"\"{text}\" has host bits set and means {cidr}";
        }

        if (cidr.Family != expected)
        {
            if (at is not null) said.Add(EstateDiagnostics.WrongFamily(text, field, at));
            slip = $"\"{text}\" stands under {field}, where it is of the wrong family";
        }

        return new DeclaredBlock(new CidrPeer(cidr), null, slip);
    }
}
