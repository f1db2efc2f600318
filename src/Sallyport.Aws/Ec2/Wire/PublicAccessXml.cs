using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads block public access of VPCs (DescribeVpcBlockPublicAccessOptions, DescribeVpcBlockPublicAccessExclusions).</summary>
internal static class PublicAccessXml
{
    public static List<PublicAccessBlock> ReadOptions(ResponseReader xml, Scope scope)
    {
        var found = new List<PublicAccessBlock>();
        foreach (var name in xml.Children())
        {
            if (name != "vpcBlockPublicAccessOptions") continue;
            var mode = string.Empty;
            foreach (var field in xml.Children())
            {
                if (field == "internetGatewayBlockMode") mode = xml.Text();
            }

            found.Add(new PublicAccessBlock(scope, mode));
        }

        return found;
    }

    public static PublicAccessExclusion? ReadExclusion(ResponseReader xml, Scope scope)
    {
        string? id = null;
        var (arn, mode, state) = (string.Empty, string.Empty, string.Empty);
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "exclusionId": id = xml.OptionalText(); break;
                case "resourceArn": arn = xml.Text(); break;
                case "internetGatewayExclusionMode": mode = xml.Text(); break;
                case "state": state = xml.Text(); break;
            }
        }

        return id is null ? null : new PublicAccessExclusion(id, scope, arn[(arn.LastIndexOf('/') + 1)..]) { Mode = mode, State = state };
    }
}
