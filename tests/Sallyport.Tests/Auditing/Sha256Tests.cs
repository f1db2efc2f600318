using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;

namespace Sallyport.Tests.Auditing;

public sealed class Sha256Tests
{
    [Fact]
    public void A_digest_is_the_framework_s_own_at_every_length()
    {
        var data = new byte[300];
        new Random(1).NextBytes(data);
        for (var length = 0; length <= data.Length; length++) Assert.Equal(SHA256.HashData(data.AsSpan(0, length)), Digest(data.AsSpan(0, length)));
    }

    [Fact]
    public void A_digest_is_the_framework_s_own_for_any_data() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), data => SHA256.HashData(data).AsSpan().SequenceEqual(Digest(data))).QuickCheckThrowOnFailure();

    private static byte[] Digest(ReadOnlySpan<byte> data)
    {
        var digest = new byte[Sha256.Length];
        Sha256.Hash(data, digest);
        return digest;
    }
}
