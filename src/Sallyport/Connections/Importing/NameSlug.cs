using System.Text;

namespace Sallyport.Connections.Importing;

/// <summary>Makes a name of the connections file (<c>[A-Za-z0-9][A-Za-z0-9._-]*</c>, at most 63) out of any text.</summary>
internal static class NameSlug
{
    public const int MostCharacters = 63;

    /// <summary>Lower case, everything else a single dash; the empty string when nothing usable is left.</summary>
    public static string Of(string text, int most = MostCharacters)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
        {
            if (slug.Length > most) break;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && c is '.' or '_') slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return Cut(slug.ToString().TrimStart('.', '_', '-'), most);
    }

    /// <summary>The first characters of a name, not ending in punctuation.</summary>
    public static string Cut(string name, int most) => (name.Length > most ? name[..most] : name).TrimEnd('-', '.', '_');
}
