using Sallyport.Aws.Ec2.Query;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>regionInfo/item</c> (DescribeRegions): the name of a Region the account may use, else null.</summary>
internal static class RegionXml
{
    public static string? Read(ResponseReader xml)
    {
        string? region = null;
        var optIn = "opt-in-not-required";
        foreach (var name in xml.Children())
        {
            if (name == "regionName") region = xml.OptionalText();
            else if (name == "optInStatus") optIn = xml.Text();
        }

        return optIn == "not-opted-in" ? null : region;
    }
}
