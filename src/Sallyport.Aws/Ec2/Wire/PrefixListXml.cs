using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>prefixListSet/item</c> (DescribeManagedPrefixLists) and <c>entrySet/item</c> (GetManagedPrefixListEntries).</summary>
internal static class PrefixListXml
{
    public static PrefixList? Read(ResponseReader xml, Scope scope)
    {
        string? id = null;
        var (listName, owner, family) = (string.Empty, string.Empty, IpFamily.V4);
        int? maxEntries = null;
        long? version = null;
        var tags = Tags.None;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "prefixListId": id = xml.OptionalText(); break;
                case "prefixListName": listName = xml.Text(); break;
                case "ownerId": owner = xml.Text(); break;
                case "addressFamily": family = xml.Text() == "IPv6" ? IpFamily.V6 : IpFamily.V4; break;
                case "maxEntries": maxEntries = xml.Int(); break;
                case "version": version = xml.Long(); break;
                case "tagSet": tags = xml.Tags(); break;
            }
        }

        if (id is null) return null;
        var list = new PrefixList(new PrefixListId(id), scope.OwnedBy(owner)) { Name = listName, Owner = owner, Family = family, Tags = tags };
        // The size and version of AWS's own lists are not the customer's to see; an emulator that sends zeros is read the same.
        return list.IsAwsManaged ? list : list with { MaxEntries = maxEntries, Version = version };
    }

    public static PrefixListEntry ReadEntry(ResponseReader xml)
    {
        string? block = null;
        var description = string.Empty;
        foreach (var name in xml.Children())
        {
            if (name == "cidr") block = xml.OptionalText();
            else if (name == "description") description = xml.Text();
        }

        return Cidr.TryParse(block, out var cidr)
            ? new PrefixListEntry(cidr, description)
            : throw new System.Xml.XmlException($"\"{block}\" is not a CIDR block.");
    }
}
