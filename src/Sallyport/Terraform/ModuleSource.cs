using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>Where a called module's code lies.</summary>
/// <param name="Text">As the code has it.</param>
internal readonly record struct ModuleSource(string Text)
{
    /// <summary>True for a folder beside the caller's.</summary>
    public bool IsLocal => Text.StartsWith("./", StringComparison.Ordinal) || Text.StartsWith("../", StringComparison.Ordinal) || Text is "." or "..";

    /// <summary>The source of a call; null when it has none that can be read without a run.</summary>
    public static ModuleSource? Of(HclBlock call) => call.Body.Find("source")?.Value is HclLiteral { Value: HclString text } ? new ModuleSource(text.Value) : null;

    /// <summary>The folder, seen from the caller's: <c>..</c> is taken off again, so that one folder has one name.</summary>
    public string From(string folder)
    {
        var isRooted = folder.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in $"{folder}/{Text}".Split('/', '\\'))
        {
            if (part is "" or ".") continue;
            if (part == ".." && parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (part != ".." || !isRooted) parts.Add(part);
        }

        var path = string.Join('/', parts);
        return isRooted ? "/" + path : path.Length == 0 ? "." : path;
    }

    /// <summary>The name that <see cref="From"/> has for a folder.</summary>
    public static string Normal(string folder) => new ModuleSource(".").From(folder);
}
