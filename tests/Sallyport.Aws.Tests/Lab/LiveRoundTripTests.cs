using Sallyport.Aws.Ec2;
using Sallyport.Aws.Tests.Ec2;
using Sallyport.Aws.Tests.Estates;
using Sallyport.Estates;
using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>An estate that goes into the lab comes out of the API as it went in.</summary>
public sealed class LiveRoundTripTests
{
    [Fact]
    public async Task Acme_reads_back_as_it_was_loaded()
    {
        var token = TestContext.Current.CancellationToken;
        var acme = AcmeEstate.Create();
        await using var server = await LabServer.StartAsync(new LabOptions { Estate = acme, VerifySignatures = true }, token);
        var builder = new EstateBuilder();
        foreach (var account in server.Credentials.Select(c => c.Account))
        {
            var options = Live.Options(server.Endpoint, RegionName.All) with
            {
                Environment = Live.Variables([.. server.Environment(account).Select(p => (p.Key, p.Value))]),
            };
            Assert.Empty(await LiveEstateSource.Create(options).ReadAsync(builder, token));
        }

        var read = builder.Build();
        Assert.Null(server.LastBug);
        Assert.Equal(Lines(acme), Lines(read));
        Assert.Equal(Lists(acme), Lists(read));
        Assert.Equal(acme.Instances.Select(i => (i.Id, i.State, i.Tags)), read.Instances.Select(i => (i.Id, i.State, i.Tags)));
        Assert.Equal(acme.FlowLogs.Select(f => f with { Format = string.Empty }), read.FlowLogs.Select(f => f with { Format = string.Empty }));
        Assert.DoesNotContain(read.Gaps, g => g.IsReadFailure);
    }

    [Fact]
    public async Task A_large_estate_pages_through_completely()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.True(LabEstates.TryCreate("large:groups=2300,rules=7000,interfaces=1500,seed=7", out var large, out _));
        await using var server = await LabServer.StartAsync(new LabOptions { Estate = large }, token);
        var builder = new EstateBuilder();
        foreach (var account in server.Credentials.Select(c => c.Account))
        {
            var options = Live.Options(server.Endpoint, RegionName.All) with
            {
                Environment = Live.Variables([.. server.Environment(account).Select(p => (p.Key, p.Value))]),
            };
            Assert.Empty(await LiveEstateSource.Create(options).ReadAsync(builder, token));
        }

        var read = builder.Build();
        Assert.Equal(large.SecurityGroups.Select(g => g.Id), read.SecurityGroups.Select(g => g.Id));
        Assert.Equal(large.SecurityGroups.SelectMany(g => g.Rules).Select(r => r.Key), read.SecurityGroups.SelectMany(g => g.Rules).Select(r => r.Key));
        Assert.Equal(large.NetworkInterfaces.Select(i => i.Id), read.NetworkInterfaces.Select(i => i.Id));
    }

    private static IEnumerable<string> Lines(Estate estate) => EstateText.Of(estate).Split('\n').Where(l => !l.StartsWith("pl-", StringComparison.Ordinal));

    /// <summary>Without the account: a list of AWS belongs to whoever read it last.</summary>
    private static IEnumerable<string> Lists(Estate estate) => estate.PrefixLists.OrderBy(p => p.Id)
        .Select(p => $"{p.Id} {p.Scope.Region} {p.Name} {p.Owner} {p.Family} {p.MaxEntries} {p.Version} {string.Join(",", p.Entries ?? [])}");
}
