namespace Sallyport.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> matters: an error means there is no usable result.</summary>
public enum Severity
{
    /// <summary>Worth knowing; the result is complete.</summary>
    Note,

    /// <summary>The result is usable but something in the input was left out or corrected.</summary>
    Warning,

    /// <summary>The input could not be used.</summary>
    Error,
}
