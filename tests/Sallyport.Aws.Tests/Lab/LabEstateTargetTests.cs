using Sallyport.Aws.Ec2;
using Sallyport.Aws.Tests.Ec2;
using Sallyport.Estates;
using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>The live target against the lab, with every signature checked.</summary>
public sealed class LabEstateTargetTests(LabEstateTargetTests.Everywhere lab) : EstateTargetContract, IClassFixture<LabEstateTargetTests.Everywhere>
{
    private protected override LiveOptions Options(string region) => Live.Options(lab.Server.Endpoint, region) with
    {
        Environment = Live.Variables([.. lab.Server.Environment(lab.Server.Credentials[0].Account, region).Select(p => (p.Key, p.Value))]),
    };

    private protected override RawEc2 Raw(string region)
    {
        var key = lab.Server.Credentials[0];
        return new RawEc2(lab.Server.Endpoint, key.AccessKeyId, key.SecretAccessKey, region);
    }

    /// <summary>A lab in every Region the contract uses.</summary>
    public sealed class Everywhere : IAsyncLifetime
    {
        private static readonly string[] Regions =
        [
            "us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1", "eu-south-2",
            "eu-central-1", "eu-central-2", "ap-south-1", "ap-south-2", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
            "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ca-central-1", "ca-west-1", "sa-east-1", "me-south-1",
            "me-central-1", "af-south-1", "il-central-1",
        ];

        public LabServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await LabServer.StartAsync(
            new LabOptions { VerifySignatures = true, Scopes = [.. Regions.Select(r => new Scope("111122223333", r))] },
            TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            Assert.Null(Server.LastBug);
            await Server.DisposeAsync();
        }
    }
}
