namespace Sallyport.Connections.Importing;

/// <summary>Hands out names of at most 63 characters, each once, letter case aside.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a name from being handed out.</summary>
    public void Reserve(string name) => _taken.Add(name);

    /// <summary>True when nobody has the name yet.</summary>
    public bool IsFree(string name) => name.Length <= NameSlug.MostCharacters && !_taken.Contains(name);

    /// <summary>The wanted name, or it with the first number from 2 that is free.</summary>
    public string Take(string wanted)
    {
        var name = NameSlug.Cut(wanted, NameSlug.MostCharacters);
        for (var n = 2; !_taken.Add(name); n++)
        {
            var suffix = $"-{n}";
            name = NameSlug.Cut(wanted, NameSlug.MostCharacters - suffix.Length) + suffix;
        }

        return name;
    }
}
