using Sallyport.Aws.Ec2;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class MotoEstateTargetTests(MotoServer moto) : EstateTargetContract, IClassFixture<MotoServer>
{
    private protected override LiveOptions Options(string region)
    {
        Assert.SkipWhen(moto.Endpoint is null, moto.Missing);
        return Live.Options(moto.Endpoint!, region);
    }

    private protected override bool Follows(EndpointTrait trait) => !MotoDeviations.All.ContainsKey(trait);

    private protected override RawEc2 Raw(string region) => new(moto.Endpoint!, "AKIAEXAMPLE000000001", "secret", region);
}
