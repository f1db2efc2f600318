using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>reservationSet/item</c> (DescribeInstances) into its instances.</summary>
internal static class InstanceXml
{
    public static List<Instance> ReadReservation(ResponseReader xml, Scope scope)
    {
        string? owner = null;
        List<Instance> instances = [];
        foreach (var name in xml.Children())
        {
            if (name == "ownerId") owner = xml.OptionalText();
            else if (name == "instancesSet") instances = xml.List(() => Read(xml, scope));
        }

        return [.. instances.Select(i => i with { Scope = scope.OwnedBy(owner) })];
    }

    private static Instance? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, vpc = null;
        var state = string.Empty;
        var tags = Tags.None;
        List<SecurityGroupId> groups = [];
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceId": id = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "groupSet": groups = NetworkInterfaceXml.GroupSet(xml); break;
                case "instanceState":
                    foreach (var field in xml.Children())
                    {
                        if (field == "name") state = xml.Text();
                    }

                    break;
            }
        }

        return id is null ? null : new Instance(id, scope)
        {
            State = state,
            Vpc = vpc is null ? null : new VpcId(vpc),
            Groups = [.. groups.Distinct().Order()],
            Tags = tags,
        };
    }
}
