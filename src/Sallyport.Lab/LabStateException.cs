using Sallyport.Diagnostics;

namespace Sallyport.Lab;

/// <summary>The lab cannot start from its state file; says why in a diagnostic.</summary>
public sealed class LabStateException : Exception
{
    /// <summary>Wraps the diagnostic.</summary>
    public LabStateException(Diagnostic diagnostic, Exception? inner = null)
        : base(diagnostic.ToString(), inner) => Diagnostic = diagnostic;

    /// <summary>What is wrong with the file, with code and place.</summary>
    public Diagnostic Diagnostic { get; }
}
