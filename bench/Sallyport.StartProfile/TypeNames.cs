using System.Reflection;

namespace Sallyport.StartProfile;

/// <summary>Finds types by the names that the runtime gives in its events: full names without assemblies.</summary>
internal sealed class TypeNames(Assembly[] assemblies)
{
    private readonly Dictionary<string, Type?> _known = new(StringComparer.Ordinal);

    /// <summary>The type of a name, whose type arguments may be the runtime's stand-in for all classes; null when there is none.</summary>
    public Type? Find(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        return _known[name] = Type.GetType(name, assemblyResolver: null, (_, part, _) => Plain(part), throwOnError: false);
    }

    private Type? Plain(string name) => assemblies.Select(a => a.GetType(name, throwOnError: false)).FirstOrDefault(t => t is not null);
}
