using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Patching;

/// <summary>How a patch calls files, so that it says the same wherever the files lie: by their paths below one folder.</summary>
public sealed class PatchNames
{
    private readonly Func<string, string> _nameOf;
    private readonly ImmutableArray<string> _prefixes;

    /// <summary>The names of one estate's files.</summary>
    /// <param name="nameOf">The path of a file or folder as the patch shall name it: relative, with slashes.</param>
    /// <param name="declared">What was read from the code.</param>
    public PatchNames(Func<string, string> nameOf, Estate declared)
    {
        _nameOf = nameOf;

        // Where several sources were read, a group is called PATH#ADDRESS. The longest first: a path may begin as another one does.
        _prefixes = [.. declared.SecurityGroups.Where(g => g.Code is not null).Select(g => PrefixOf(g.Id.Value)).Where(p => p.Length > 1).Distinct().OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal)];
    }

    /// <summary>The path of a file.</summary>
    public string NameOf(string path) => _nameOf(path);

    /// <summary>A sentence with the groups in it called by the same paths.</summary>
    public string Shorten(string text)
    {
        foreach (var prefix in _prefixes) text = text.Replace(prefix, _nameOf(prefix[..^1]) + "#", StringComparison.Ordinal);
        return text;
    }

    private static string PrefixOf(string id) => id[..(id.IndexOf('#', StringComparison.Ordinal) + 1)];
}
