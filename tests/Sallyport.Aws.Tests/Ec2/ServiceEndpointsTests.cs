using Sallyport.Aws.Ec2;
using Sallyport.Diagnostics;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class ServiceEndpointsTests
{
    [Theory]
    [InlineData("eu-west-1", "", "https://ec2.eu-west-1.amazonaws.com/", "https://sts.eu-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "", "https://ec2.cn-north-1.amazonaws.com.cn/", "https://sts.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", "AWS_USE_FIPS_ENDPOINT=true", "https://ec2.us-gov-west-1.amazonaws.com/", "https://sts.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-east-1", "AWS_USE_FIPS_ENDPOINT=true", "https://ec2-fips.us-east-1.amazonaws.com/", "https://sts-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-east-1", "AWS_USE_DUALSTACK_ENDPOINT=true", "https://ec2.us-east-1.api.aws/", "https://sts.us-east-1.amazonaws.com/")]
    [InlineData("mx-central-1", "", "https://ec2.mx-central-1.amazonaws.com/", "https://sts.mx-central-1.amazonaws.com/")]
    [InlineData("eu-west-1", "AWS_ENDPOINT_URL=http://127.0.0.1:5000", "http://127.0.0.1:5000/", "http://127.0.0.1:5000/")]
    [InlineData("eu-west-1", "AWS_ENDPOINT_URL_EC2=http://127.0.0.1:5000;AWS_ENDPOINT_URL=http://127.0.0.1:6000", "http://127.0.0.1:5000/", "http://127.0.0.1:6000/")]
    [InlineData("eu-west-1", "AWS_ENDPOINT_URL_EC2=http://127.0.0.1:5000;AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "https://ec2.eu-west-1.amazonaws.com/", "https://sts.eu-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", "AWS_ENDPOINT_URL_EC2=https://vpce-1.ec2.eu-west-1.vpce.amazonaws.com", "https://vpce-1.ec2.eu-west-1.vpce.amazonaws.com/", "https://sts.eu-west-1.amazonaws.com/")]
    public void Hosts_follow_settings_and_partitions(string region, string environment, string ec2, string sts)
    {
        var endpoints = Resolve(environment, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(ec2, endpoints.Ec2(region).AbsoluteUri);
        Assert.Equal(sts, endpoints.Sts(region).AbsoluteUri);
    }

    [Fact]
    public void Keys_for_a_lab_do_not_travel_to_the_real_sts() =>
        Assert.Equal("http://127.0.0.1:5000/", Resolve("AWS_ENDPOINT_URL_EC2=http://127.0.0.1:5000", out _).Sts("eu-west-1").AbsoluteUri);

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("http://user:password@127.0.0.1/")]
    [InlineData("http://127.0.0.1/?a=b")]
    public void An_endpoint_that_is_no_plain_http_address_is_reported_once(string url)
    {
        Resolve($"AWS_ENDPOINT_URL={url}", out var diagnostics);
        Assert.Equal("SPD5007", Assert.Single(diagnostics).Code);
    }

    [Theory]
    [InlineData("eu-west-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("us-iso-east-1", true)]
    [InlineData("ap-southeast-12", true)]
    [InlineData("eu-west", false)]
    [InlineData("EU-WEST-1", false)]
    [InlineData("eu-west-1.evil.example", false)]
    [InlineData("eu-west-1/..", false)]
    [InlineData("a@b-c-1", false)]
    [InlineData("", false)]
    public void Only_names_of_regions_become_host_names(string text, bool valid) => Assert.Equal(valid, RegionName.IsValid(text));

    private static ServiceEndpoints Resolve(string environment, out List<Diagnostic> diagnostics)
    {
        diagnostics = [];
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => (p[0], p[1])).ToArray();
        return ServiceEndpoints.Resolve(new LiveOptions { Environment = Live.Variables(variables) }, profile: null, diagnostics);
    }
}
