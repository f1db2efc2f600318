using Sallyport.Estates;

namespace Sallyport.Reports.Connectivity;

/// <summary>What a reader calls a group.</summary>
internal static class GroupNames
{
    /// <summary><c>web (sg-…)</c>, or the id of a group whose name is not known.</summary>
    public static string Of(Estate estate, SecurityGroupId group) => Short(estate, group) is var name && name == group.Value ? name : $"{name} ({group})";

    /// <summary><c>web</c>, or the id.</summary>
    public static string Short(Estate estate, SecurityGroupId group) =>
        estate.Index.Groups.TryGetValue(group, out var found) && found.Name.Length > 0 ? found.Name : group.Value;
}
