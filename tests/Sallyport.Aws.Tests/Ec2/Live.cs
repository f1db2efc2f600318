using Sallyport.Aws.Ec2;

namespace Sallyport.Aws.Tests.Ec2;

/// <summary>Options that reach a loopback endpoint with fixed keys and nothing of the machine's own settings.</summary>
internal static class Live
{
    public static LiveOptions Options(Uri endpoint, params string[] regions) => new()
    {
        Regions = [.. regions],
        Environment = Variables(("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE000000001"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_ENDPOINT_URL", endpoint.ToString())),
        Jitter = () => 0,
    };

    public static Func<string, string?> Variables(params (string Name, string Value)[] variables)
    {
        var map = variables.ToDictionary(v => v.Name, v => v.Value);
        return name => map.GetValueOrDefault(name);
    }
}
