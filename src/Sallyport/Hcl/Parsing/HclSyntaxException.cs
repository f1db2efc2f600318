using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Parsing;

/// <summary>Ends a parse; <see cref="HclParser.Parse"/> turns it into the diagnostic it carries.</summary>
internal sealed class HclSyntaxException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic => diagnostic;
}
