using Sallyport.Diagnostics;

namespace Sallyport.Estates.Files;

/// <summary>What is said about one file: all errors, and of every other code the first <see cref="Limit"/>, then how many more there were.</summary>
public sealed class FileDiagnostics
{
    /// <summary>A file of a million rules may repeat one slip a million times; nobody reads that.</summary>
    public const int Limit = 100;

    private readonly List<Diagnostic> _said = [];
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>True once an error was said.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds one; beyond the limit of its code it is only counted.</summary>
    public void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == Severity.Error;
        var count = _counts[diagnostic.Code] = _counts.GetValueOrDefault(diagnostic.Code) + 1;
        if (count <= Limit) _said.Add(diagnostic);
    }

    /// <summary>Everything said, in order, with a closing line for each code that was cut off.</summary>
    public IReadOnlyList<Diagnostic> ToList(string file)
    {
        var all = new List<Diagnostic>(_said);
        foreach (var (code, count) in _counts)
        {
            if (count > Limit) all.Add(EstateDiagnostics.AndMore(code, count - Limit, _said.First(d => d.Code == code).Severity, new SourceSpan(file)));
        }

        return all;
    }
}
