using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates;

/// <summary>A language in which many rules take several files, which lie side by side.</summary>
public interface IRulesFilesWriter : IRulesWriter
{
    /// <summary>How names of its files end: <c>.yaml</c>.</summary>
    string Extension { get; }

    /// <summary>
    /// Writes one file called <paramref name="name"/>, or what is needed of them, named after it, the one that holds the others together
    /// last. Says what <see cref="IRulesWriter.Write"/> says, which writes one file.
    /// </summary>
    /// <param name="rules">What to write.</param>
    /// <param name="estate">What is there now; null when no SOURCE was given.</param>
    /// <param name="name">Name of the main file, without a folder.</param>
    /// <param name="isApart">True for a file of its own for each account and Region; otherwise one serves them all.</param>
    /// <param name="files">Takes the files.</param>
    ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, string name, bool isApart, ICollection<WrittenFile> files);
}
