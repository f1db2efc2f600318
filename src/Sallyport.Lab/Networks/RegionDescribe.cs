using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Networks;

/// <summary>Regions: those the lab serves, and with AllRegions a few the account has not opted into.</summary>
internal static class RegionDescribe
{
    private static readonly string[] OptInRegions = ["af-south-1", "ap-east-1", "ap-south-2", "eu-south-1", "me-south-1"];

    public static Describe<string> Regions => new("DescribeRegions", "regionInfo", Names, name => name, Writer)
    {
        IdParameter = "RegionName",
        Find = (call, id) => Names(call, null).Contains(id) ? id : throw Refusals.InvalidValue($"Invalid region(s): {id}"),
        PageBounds = null,
        MoreParameters = "AllRegions:bool",
        Filters =
        [
            ("endpoint", (_, name) => [Endpoint(name)]),
            ("opt-in-status", (call, name) => [Status(call, name)]),
            ("region-name", (_, name) => [name]),
        ],
    };

    private static IEnumerable<string> Names(Call call, string? after)
    {
        var names = call.World.RegionNames;
        return call.Input.Flag("AllRegions") == true ? names.Union(OptInRegions).Order(StringComparer.Ordinal) : names;
    }

    private static string Endpoint(string name) =>
        name.StartsWith("cn-", StringComparison.Ordinal) ? $"ec2.{name}.amazonaws.com.cn" : $"ec2.{name}.amazonaws.com";

    private static string Status(Call call, string name)
    {
        var served = call.World.HasRegion(name);
        if (Array.IndexOf(OptInRegions, name) < 0) return "opt-in-not-required";
        return served ? "opted-in" : "not-opted-in";
    }

    private static Action<ReplyWriter> Writer(Call call, string name)
    {
        var status = Status(call, name);
        return writer =>
        {
            writer.Text("regionName", name);
            writer.Text("regionEndpoint", Endpoint(name));
            writer.Text("optInStatus", status);
        };
    }
}
