using Amazon;
using Amazon.Runtime.CredentialManagement;
using Sallyport.Diagnostics;

namespace Sallyport.Aws.Ec2;

/// <summary>
/// Where EC2 and STS are: the option, <c>AWS_ENDPOINT_URL_EC2</c>/<c>_STS</c>, <c>AWS_ENDPOINT_URL</c>, the profile's
/// <c>endpoint_url</c>, or the Region's own host, in that order.
/// </summary>
internal sealed class ServiceEndpoints
{
    private readonly Uri? _ec2;
    private readonly Uri? _sts;
    private readonly bool _fips;
    private readonly bool _dualStack;

    private ServiceEndpoints(Uri? ec2, Uri? sts, bool fips, bool dualStack)
    {
        _ec2 = ec2;
        _sts = sts;
        _fips = fips;
        _dualStack = dualStack;
    }

    public static ServiceEndpoints Resolve(LiveOptions options, CredentialProfile? profile, List<Diagnostic> diagnostics)
    {
        var ignore = IsTrue(options.Environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
        var ec2 = options.Endpoint ?? Configured("EC2");
        var sts = options.Endpoint ?? Configured("STS");
        // A lab or emulator serves both; keys made for it must not travel to the real STS.
        if (sts is null && ec2 is not null && !IsAwsHost(ec2)) sts = ec2;
        var fips = Flag("AWS_USE_FIPS_ENDPOINT") ?? profile?.UseFIPSEndpoint ?? false;
        var dualStack = Flag("AWS_USE_DUALSTACK_ENDPOINT") ?? profile?.UseDualstackEndpoint ?? false;
        return new ServiceEndpoints(ec2, sts, fips, dualStack);

        bool? Flag(string name) => options.Environment(name) is { Length: > 0 } text ? IsTrue(text) : null;

        Uri? Configured(string variable)
        {
            if (ignore) return null;
            return Parse(options.Environment($"AWS_ENDPOINT_URL_{variable}"), $"AWS_ENDPOINT_URL_{variable}")
                ?? Parse(options.Environment("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL")
                ?? Parse(profile?.EndpointUrl, "endpoint_url");
        }

        Uri? Parse(string? text, string where)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.UserInfo.Length == 0) return uri;
            if (!diagnostics.Any(d => d.Message.StartsWith(where, StringComparison.Ordinal))) diagnostics.Add(Ec2Diagnostics.BadEndpoint(where, text));
            return null;
        }
    }

    public Uri Ec2(string region)
    {
        if (_ec2 is not null) return _ec2;
        // GovCloud's ordinary EC2 hosts are its FIPS hosts.
        var name = _fips && !region.StartsWith("us-gov-", StringComparison.Ordinal) ? "ec2-fips" : "ec2";
        return new Uri($"https://{name}.{region}.{(_dualStack ? DualStackSuffix(region) : Suffix(region))}/");
    }

    public Uri Sts(string region)
    {
        if (_sts is not null) return _sts;
        var name = _fips && !region.StartsWith("us-gov-", StringComparison.Ordinal) ? "sts-fips" : "sts";
        return new Uri($"https://{name}.{region}.{Suffix(region)}/");
    }

    private static bool IsAwsHost(Uri uri) =>
        uri.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase)
        || uri.Host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase)
        || uri.Host.EndsWith(".api.aws", StringComparison.OrdinalIgnoreCase)
        || uri.Host.EndsWith(".on.aws", StringComparison.OrdinalIgnoreCase);

    private static string Suffix(string region) => RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;

    private static string DualStackSuffix(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "api.amazonwebservices.com.cn" : "api.aws";

    private static bool IsTrue(string? text) => string.Equals(text?.Trim(), "true", StringComparison.OrdinalIgnoreCase);
}
