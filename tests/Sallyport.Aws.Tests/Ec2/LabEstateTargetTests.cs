using Sallyport.Aws.Ec2;
using Sallyport.Estates;
using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class LabEstateTargetTests : EstateTargetContract, IAsyncLifetime
{
    private const string Account = "111122223333";

    private static readonly string[] Regions =
    [
        "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1", "eu-central-1", "ap-south-1", "ap-south-2", "ap-east-1", "us-west-2",
    ];

    private LabServer? _lab;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync(
        new LabOptions { VerifySignatures = true, Scopes = [.. Regions.Select(r => new Scope(Account, r))] },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null) await _lab.DisposeAsync();
    }

    private protected override LiveOptions Options(string region) => new()
    {
        Regions = [region],
        Environment = Live.Variables([.. _lab!.Environment(Account, region).Select(v => (v.Key, v.Value))]),
        Jitter = () => 0,
    };

    private protected override RawEc2 Raw(string region)
    {
        var key = _lab!.Credentials.Single(c => c.Account == Account);
        return new RawEc2(_lab.Endpoint, key.AccessKeyId, key.SecretAccessKey, region);
    }
}
