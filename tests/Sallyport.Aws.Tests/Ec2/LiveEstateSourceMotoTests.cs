using Sallyport.Aws.Ec2;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class LiveEstateSourceMotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private LiveOptions Options(params string[] regions)
    {
        Assert.SkipWhen(moto.Endpoint is null, moto.Missing);
        return Live.Options(moto.Endpoint!, regions);
    }

    [Fact]
    public async Task A_default_region_is_read_whole()
    {
        var lines = new List<string>();
        var (estate, diagnostics) = await ReadAsync(Options("eu-west-1") with { Debug = l => { lock (lines) lines.Add(l); } });

        Assert.Empty(diagnostics);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', lines));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', estate.Gaps));
        var group = Assert.Single(estate.SecurityGroups);
        Assert.Equal("default", group.Name);
        Assert.Equal(new Scope("123456789012", "eu-west-1"), group.Scope);
        Assert.Single(estate.Vpcs);
        Assert.Equal(3, estate.Subnets.Length);
    }

    private static async Task<(Estate Estate, IReadOnlyList<Diagnostic> Diagnostics)> ReadAsync(LiveOptions options)
    {
        var builder = new EstateBuilder();
        var diagnostics = await LiveEstateSource.Create(options).ReadAsync(builder, TestContext.Current.CancellationToken);
        return (builder.Build(), diagnostics);
    }
}
