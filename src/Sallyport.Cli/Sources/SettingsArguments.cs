using System.Collections.Immutable;
using System.CommandLine;
using Sallyport.Auditing;
using Sallyport.Auditing.Custom;
using Sallyport.Auditing.Settings;
using Sallyport.Cli.Files;
using Sallyport.Diagnostics;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Sources;

/// <summary>Where settings come from: <c>--config</c>, <c>--no-config</c>, <c>--custom</c>, the environment and <c>sallyport.yaml</c>.</summary>
internal sealed class SettingsArguments
{
    private const string ConfigVariable = "SALLYPORT_CONFIG";

    private readonly Option<string?> _config = new("--config")
    {
        Description = $"settings file instead of the nearest {SettingsReader.FileName} (also: {ConfigVariable})",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noConfig = new("--no-config") { Description = $"read no {SettingsReader.FileName}" };

    private readonly Option<string[]> _custom = new("--custom")
    {
        Description = "file with rules of your own (repeatable; also: SALLYPORT_CUSTOM)",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _config, _noConfig, _custom }) command.Options.Add(option);
    }

    /// <summary>What flags say beside <c>--custom</c> over the environment over the file; null after every error was said.</summary>
    public async Task<AuditSettings?> ReadAsync(IOContext io, ParseResult parsed, AuditSettings flags, CancellationToken cancellationToken)
    {
        var own = flags with { CustomFiles = [.. (parsed.GetValue(_custom) ?? []).Select(f => new Written(f))] };
        var environment = OfEnvironment(io, out var said);
        var (file, problems) = await OfFileAsync(io, parsed, cancellationToken);
        said.AddRange(problems);
        await io.SayAsync(said);
        return said.Exists(d => d.Severity == Severity.Error) ? null : own.Over(environment).Over(file);
    }

    /// <summary>The catalogue with the rules of the settings' files; null after every error was said.</summary>
    public static async Task<RuleBook?> BookAsync(IOContext io, AuditSettings settings, CancellationToken cancellationToken)
    {
        if (settings.CustomFiles.IsEmpty) return RuleBook.Catalogue;
        var texts = new List<(string, string)>();
        var said = new List<Diagnostic>();
        foreach (var file in settings.CustomFiles.Select(f => f.Text).Distinct())
        {
            var (text, problem) = await TextFile.ReadAsync(file, cancellationToken);
            if (text is null) said.Add(problem!);
            else texts.Add((text, file));
        }

        var rules = CustomRuleReader.Read(texts);
        said.AddRange(rules.Diagnostics);
        await io.SayAsync(said);
        return said.Exists(d => d.Severity == Severity.Error) ? null : RuleBook.With(rules.Value!.Items);
    }

    private async Task<(AuditSettings Settings, ImmutableArray<Diagnostic> Said)> OfFileAsync(IOContext io, ParseResult parsed, CancellationToken cancellationToken)
    {
        var named = parsed.GetValue(_config);
        if (parsed.GetValue(_noConfig)) return (AuditSettings.Empty, named is null ? [] : [CommandLineDiagnostics.NotTogether("--config", "--no-config")]);
        if (named is null && io.Variable(ConfigVariable) is { Length: > 0 } variable) named = variable;
        if ((named ?? SettingsFile.Find(io.Directory)) is not { } path) return (AuditSettings.Empty, []);
        var shown = named ?? Path.GetRelativePath(io.Directory, path);
        if (!parsed.GetValue(GlobalOptions.Quiet)) await io.Error.WriteLineAsync(TerminalText.Escape($"settings: {shown}"));
        var (text, problem) = await TextFile.ReadAsync(path, cancellationToken);
        if (text is null) return (AuditSettings.Empty, [problem!]);
        var read = SettingsReader.Read(text, shown);
        return (read.Value is { } settings ? Beside(settings, Path.GetDirectoryName(path) ?? string.Empty) : AuditSettings.Empty, read.Diagnostics);
    }

    // What a settings file names lies where the file says, wherever the command was started.
    private static AuditSettings Beside(AuditSettings settings, string folder)
    {
        return settings with
        {
            WaiverFiles = [.. settings.WaiverFiles.Select(Of)],
            CustomFiles = [.. settings.CustomFiles.Select(Of)],
            Baseline = settings.Baseline is { } baseline ? Of(baseline) : null,
            Connections = settings.Connections is { } connections ? Of(connections) : null,
        };

        Written Of(Written file) => file with { Text = Path.Combine(folder, file.Text) };
    }

    private static AuditSettings OfEnvironment(IOContext io, out List<Diagnostic> said)
    {
        var problems = new List<Diagnostic>();
        var settings = AuditSettings.Empty with
        {
            FailOn = Of("SALLYPORT_FAIL_ON", FailThreshold.Parse, FailThreshold.Words),
            LeastSeverity = Of("SALLYPORT_MIN_SEVERITY", w => FindingSeverities.TryParse(w, out var s) ? new FailThreshold(s) : null, FindingSeverities.Words)?.Least,
            WaiverFiles = Files("SALLYPORT_WAIVERS"),
            CustomFiles = Files("SALLYPORT_CUSTOM"),
            Baseline = Files("SALLYPORT_BASELINE").FirstOrDefault(),
            Connections = Files("SALLYPORT_CONNECTIONS").FirstOrDefault(),
        };
        said = problems;
        return settings;

        FailThreshold? Of(string name, Func<string, FailThreshold?> read, IEnumerable<string> words)
        {
            if (io.Variable(name) is not { Length: > 0 } text) return null;
            var value = read(text);
            if (value is null) problems.Add(CommandLineDiagnostics.BadVariable(name, text, string.Join(", ", words)));
            return value;
        }

        ImmutableArray<Written> Files(string name) =>
            [.. (io.Variable(name) ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(f => new Written(f))];
    }
}
