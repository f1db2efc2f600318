using System.Collections.Immutable;
using System.Text;
using Sallyport.Auditing;
using Sallyport.Reports.RulePages;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Commands;

/// <summary><c>rules --docs DIR</c>: a page a rule and an index, as docs/rules holds them.</summary>
internal static class RulePagesRunner
{
    /// <summary>Writes the pages and removes none. Exit 3 when the machine refuses.</summary>
    public static async Task<ExitCode> RunAsync(IOContext io, ImmutableArray<AuditRule> rules, string folder, CancellationToken cancellationToken)
    {
        var pages = RulePage.All(rules);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var page in pages)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, page.Name), page.Text, new UTF8Encoding(false), cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.CannotWrite(folder, e.Message));
        }

        await io.Error.WriteLineAsync(TerminalText.Escape($"wrote {pages.Length} pages to {folder}"));
        return ExitCode.Done;
    }
}
