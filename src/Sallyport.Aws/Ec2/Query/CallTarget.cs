namespace Sallyport.Aws.Ec2.Query;

/// <summary>Where a call goes and how it is signed.</summary>
/// <param name="Service">Signing name: <c>ec2</c> or <c>sts</c>.</param>
/// <param name="Version">API version sent with each call.</param>
/// <param name="Region">Region of the credential scope.</param>
/// <param name="Endpoint">Scheme, host, port and path.</param>
internal sealed record CallTarget(string Service, string Version, string Region, Uri Endpoint)
{
    /// <summary>EC2's only version.</summary>
    public static CallTarget Ec2(string region, Uri endpoint) => new("ec2", "2016-11-15", region, endpoint);

    /// <summary>STS's only version.</summary>
    public static CallTarget Sts(string region, Uri endpoint) => new("sts", "2011-06-15", region, endpoint);
}
