using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Templates;

/// <summary>Writes a plan in one language: <c>fix --to NAME</c>.</summary>
public interface IPlanWriter
{
    /// <summary>The value of <c>--to</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Writes UTF-8 without a byte order mark, lines ending in <c>\n</c>, the same bytes for the same input. Returns what is to be
    /// said about it; with an error the output is not to be used. The stream stays open.
    /// </summary>
    /// <param name="plan">What to write.</param>
    /// <param name="estate">What the plan was made from.</param>
    /// <param name="output">Where to write.</param>
    ImmutableArray<Diagnostic> Write(Plan plan, Estate estate, Stream output);
}
