using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation.Evaluation;

/// <summary>Leaves a template that expands without end; caught where the file's reading began, never beyond.</summary>
internal sealed class TemplateLimitException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>What is too much.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
