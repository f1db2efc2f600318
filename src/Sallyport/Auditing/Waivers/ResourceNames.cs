using System.Text;

namespace Sallyport.Auditing.Waivers;

/// <summary>The ways to call a resource in a waiver: id, name, ARN, <c>account/region/id</c> and <c>account/region/name</c>.</summary>
internal static class ResourceNames
{
    private const string Ec2Types = "AWS::EC2::";

    public static List<string> Of(FindingResource resource)
    {
        var names = new List<string>(5) { resource.Id };
        var place = $"{resource.Scope.Account}/{resource.Scope.Region}/";
        names.Add(place + resource.Id);
        if (resource.Name.Length > 0)
        {
            names.Add(resource.Name);
            names.Add(place + resource.Name);
        }

        if (ArnOf(resource) is { } arn) names.Add(arn);
        return names;
    }

    // arn:aws:ec2:REGION:ACCOUNT:security-group/ID; what is no EC2 resource of an account (a whole scope) has none.
    private static string? ArnOf(FindingResource resource) => !resource.Type.StartsWith(Ec2Types, StringComparison.Ordinal)
        ? null
        : $"arn:{resource.Scope.Partition}:ec2:{resource.Scope.Region}:{resource.Scope.Account}:{Hyphenated(resource.Type[Ec2Types.Length..])}/{resource.Id}";

    // SecurityGroup to security-group; VPC to vpc; VPCPeeringConnection to vpc-peering-connection.
    private static string Hyphenated(string type)
    {
        var text = new StringBuilder();
        for (var i = 0; i < type.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(type[i]) && (char.IsLower(type[i - 1]) || (i + 1 < type.Length && char.IsLower(type[i + 1])));
            if (startsWord) text.Append('-');
            text.Append(char.ToLowerInvariant(type[i]));
        }

        return text.ToString();
    }
}
