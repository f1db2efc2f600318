namespace Sallyport.Auditing.Waivers;

/// <summary>The ways to call a resource in a waiver: id, name, ARN, <c>account/region/id</c> and <c>account/region/name</c>.</summary>
internal static class ResourceNames
{
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

        if (resource.Arn is { } arn) names.Add(arn);
        return names;
    }
}
