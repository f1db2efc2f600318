namespace Sallyport.Lab.Wire;

/// <summary>Filters EC2 knows for things the lab does not keep.</summary>
internal static class FilterNames
{
    /// <summary>Known names that no item has a value for, so they match nothing.</summary>
    public static IEnumerable<(string Name, Func<Call, T, IEnumerable<string?>> Values)> Without<T>(params IEnumerable<string> names) =>
        names.Select(name => (name, (Func<Call, T, IEnumerable<string?>>)((_, _) => [])));

    /// <summary>A boolean as filters spell it.</summary>
    public static string Flag(bool value) => value ? "true" : "false";
}
