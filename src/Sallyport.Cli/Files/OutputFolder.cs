using System.Diagnostics.CodeAnalysis;

namespace Sallyport.Cli.Files;

/// <summary>A folder that <c>--out</c> names: one that is there, or by its slash one that is to be.</summary>
internal static class OutputFolder
{
    public static bool IsOne(string path) => path.EndsWith('/') || Directory.Exists(path);

    /// <summary>Makes it where it is missing; false when the machine refuses.</summary>
    public static bool Make(string path, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            Directory.CreateDirectory(path);
            problem = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
            return false;
        }
    }
}
