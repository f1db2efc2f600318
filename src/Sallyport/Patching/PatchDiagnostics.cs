using Sallyport.Diagnostics;

namespace Sallyport.Patching;

/// <summary>Diagnostics of patches of code: SPD6213-SPD6215.</summary>
public static class PatchDiagnostics
{
    /// <summary>Nothing that was read is changed by the patch.</summary>
    public static Diagnostic IsEmpty(string language) => new(
        "SPD6213", Severity.Warning, $"The patch is empty: there is nothing to change in the {language} that was read. Its comments say why.");

    /// <summary>The patch does not fit the working directory.</summary>
    public static Diagnostic AppliesIn(string folder) => new(
        "SPD6214", Severity.Note, $"The paths in the patch start at {folder}: apply it there.");

    /// <summary>Other files declare what would have to change.</summary>
    public static Diagnostic InOtherCode(int changes, string language) => new(
        "SPD6215", Severity.Warning, $"{changes} change(s) of groups that files in another language declare are left out of the {language}; --to plan has them all.");
}
