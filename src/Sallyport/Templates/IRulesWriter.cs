using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates;

/// <summary>Writes desired rules in one language: <c>compile --to NAME</c>.</summary>
public interface IRulesWriter
{
    /// <summary>The value of <c>--to</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Writes UTF-8 without a byte order mark, lines ending in <c>\n</c>, the same bytes for the same input. Returns what is to be
    /// said about it (SPD6xxx); with an error the output is not to be used. The stream stays open.
    /// </summary>
    /// <param name="rules">What to write.</param>
    /// <param name="estate">What is there now; null when no SOURCE was given. Languages that declare a whole state do not need it.</param>
    /// <param name="output">Where to write.</param>
    ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, Stream output);
}
