using Sallyport.Cli.Files;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Planning;
using Sallyport.Templates;

namespace Sallyport.Cli.Output;

/// <summary><c>fix --to cloudformation --out FOLDER/</c>: a template for each account and Region, since one for all of them has room for few rules.</summary>
internal static class FixTemplates
{
    private const string Language = "cloudformation";

    public static bool AreAskedFor(FixReport report, Estate estate, string language, string target) =>
        language == Language && OutputFolder.IsOne(target) && !FixPatch.IsAskedFor(report, estate, language);

    /// <summary>Writes them; none when one cannot be written.</summary>
    public static async Task<ExitCode> WriteAsync(IOContext io, Plan plan, Estate estate, string folder, CancellationToken cancellationToken)
    {
        var writer = PlanFormats.Find(Language)!;
        var files = new List<(string Path, byte[] Content)>();
        foreach (var place in plan.Steps.GroupBy(s => s.Scope).OrderBy(g => g.Key))
        {
            using var buffer = new MemoryStream();
            var said = writer.Write(plan with { Steps = [.. place] }, estate, buffer);
            await io.SayAsync(said);
            if (said.Any(d => d.Severity == Severity.Error)) return ExitCode.BadInput;

            // Where a group lives is told by whoever wrote the source, and is no path.
            var name = string.Concat($"{place.Key.Account}-{place.Key.Region}".Trim('-').Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
            files.Add((Path.Combine(folder, $"fixes.{(name.Length > 0 ? name : "elsewhere")}.yaml"), buffer.ToArray()));
        }

        if (!OutputFolder.Make(folder, out var problem)) return await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.CannotWrite(folder, problem));
        foreach (var (path, content) in files)
        {
            var code = await Artefact.WriteAsync(io, path, stream => stream.Write(content), cancellationToken);
            if (code != ExitCode.Done) return code;
        }

        return ExitCode.Done;
    }
}
