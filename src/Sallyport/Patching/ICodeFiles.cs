namespace Sallyport.Patching;

/// <summary>The user's files, as the sources named them.</summary>
public interface ICodeFiles
{
    /// <summary>The text of a file; null when it cannot be read.</summary>
    string? Read(string path);

    /// <summary>The files beside a file, itself among them: what shares names with it.</summary>
    IEnumerable<string> Beside(string path);
}
