using Sallyport.Diagnostics;

namespace Sallyport.Estates.Files;

/// <summary>Leaves the middle of a JSON text that cannot be read on; caught where the file's reading began, never beyond.</summary>
internal sealed class JsonInputException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>What is wrong and where.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
