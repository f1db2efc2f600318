using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Settings;
using Sallyport.Auditing.Waivers;
using Sallyport.Cli.Files;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Cli.Sources;

/// <summary>The options that say what an audit judges and what counts, and how they become its options.</summary>
internal sealed class AuditArguments
{
    private readonly SettingsArguments _settings = new();

    private readonly Option<string[]> _rules = Repeatable("--rule", "NAME", "run only these: an id, an alias such as EC2-033, a prefix such as SP-PRT, a pattern, a family, a severity, a framework, defaults or all (repeatable)");

    private readonly Option<string[]> _exclude = Repeatable("--exclude", "NAME", "do not run these; as --rule (repeatable)");

    private readonly Option<string[]> _families = Repeatable("--family", "FAMILY", "run only this family, such as ingress or pair (repeatable)");

    private readonly Option<string[]> _frameworks = Repeatable("--framework", "NAME", "report on a compliance framework clause by clause, and run only rules that serve it (repeatable; `rules --frameworks` lists them)");

    private readonly Option<string?> _least = new("--min-severity") { Description = "list and count only findings of this severity and above (also: SALLYPORT_MIN_SEVERITY)", HelpName = "LEVEL" };

    private readonly Option<string[]> _severities = Repeatable("--severity", "NAME=LEVEL", "severity of a rule's findings, or off (repeatable)");

    private readonly Option<string[]> _set = Repeatable("--set", "NAME=VALUE", "parameter of a rule, such as world.tcp=80,443 (repeatable; `rules ID` shows them)");

    private readonly Option<string[]> _waivers = Repeatable("--waivers", "FILE", "file with waivers (repeatable; also: SALLYPORT_WAIVERS)");

    private readonly Option<string?> _baseline = new("--baseline") { Description = "earlier -o json or jsonl report: list only what is new (also: SALLYPORT_BASELINE)", HelpName = "FILE" };

    private readonly Option<string?> _connections = new("--connections") { Description = "connections file, for the rules that hold the estate against it (also: SALLYPORT_CONNECTIONS)", HelpName = "FILE" };

    private readonly Option<string?> _code = new("--code") { Description = "Terraform folder, plan or state, or CloudFormation template, that declares the groups: differences are findings (SP-DRF-01)", HelpName = "CODE" };

    private readonly Option<string?> _failOn = new("--fail-on") { Description = "lowest severity that makes the exit code 1: none, info, low, medium (default), high, critical (also: SALLYPORT_FAIL_ON)", HelpName = "LEVEL" };

    public AuditArguments()
    {
        _failOn.AcceptOnlyFromAmong([.. FailThreshold.Words]);
        _least.AcceptOnlyFromAmong([.. FindingSeverities.Words]);
        _families.AcceptOnlyFromAmong([.. Enum.GetNames<RuleFamily>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)]);
        _rules.CompletionSources.Add(_ => RuleCatalogue.All.Select(r => new System.CommandLine.Completions.CompletionItem(r.Code)));
        _frameworks.CompletionSources.Add(_ => FrameworkCatalogue.All.Select(f => new System.CommandLine.Completions.CompletionItem(f.Name)));
        _severities.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (SeverityOf(token.Value) is null) result.AddError($"--severity takes NAME=LEVEL, a level being off, {string.Join(", ", FindingSeverities.Words)}; not \"{token.Value}\".");
            }
        });
        _set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (token.Value.IndexOf('=', StringComparison.Ordinal) <= 0) result.AddError($"--set takes NAME=VALUE, not \"{token.Value}\".");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _rules, _exclude, _families, _frameworks, _least, _severities, _set, _waivers, _baseline, _connections, _code, _failOn }) command.Options.Add(option);
        _settings.AddTo(command);
    }

    /// <summary>Everything that flags, environment and files say, looked up and read; null after every error was said (exit 2).</summary>
    public async Task<(AuditOptions Options, FailThreshold FailOn)?> ReadAsync(IOContext io, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await _settings.ReadAsync(io, parsed, FlagsOf(parsed), cancellationToken) is not { } settings) return null;
        if (await SettingsArguments.BookAsync(io, settings, cancellationToken) is not { } book) return null;
        var said = new List<Diagnostic>();
        var resolved = SettingsResolver.Resolve(settings, book);
        said.AddRange(resolved.Diagnostics);
        var waivers = await WaiversAsync(settings, book, said, cancellationToken);
        var baseline = await BaselineAsync(io, settings, said, cancellationToken);
        await io.SayAsync(said);
        var connections = settings.Connections is { } file ? await ConnectionsArgument.ReadAsync(io, file.Text, cancellationToken) : null;
        Estate? code = null;
        if (parsed.GetValue(_code) is { } path)
        {
            code = (await EstateLoading.LoadAsync(io, new SourceRequest { Sources = [path], AllowPartial = true }, cancellationToken)).Estate;
            if (code is null) return null;
            if (code.SecurityGroups.IsEmpty)
            {
                await io.SayAsync([DriftDiagnostics.NothingDeclared(path)]);
                return null;
            }
        }

        if (resolved.Value is not { } options || said.Exists(d => d.Severity == Severity.Error) || (settings.Connections is not null && connections is null)) return null;
        options = options with
        {
            Waivers = [.. options.Waivers, .. waivers],
            Baseline = baseline,
            Connections = connections,
            Code = code,
            Today = DateOnly.FromDateTime(io.Time.GetUtcNow().UtcDateTime),
        };
        return (options, settings.FailOn ?? FailThreshold.Default);
    }

    private AuditSettings FlagsOf(ParseResult parsed)
    {
        ImmutableArray<SeveritySetting> severities = [.. Given(parsed, _severities).Select(s => SeverityOf(s.Text)!)];
        return AuditSettings.Empty with
        {
            Include = [.. Given(parsed, _rules), .. Given(parsed, _families)],
            Exclude = Given(parsed, _exclude),
            Frameworks = Given(parsed, _frameworks),
            Severities = severities.IsEmpty ? [] : [severities],
            Parameters = [.. Given(parsed, _set).Select(ParameterOf)],
            LeastSeverity = parsed.GetValue(_least) is { } least && FindingSeverities.TryParse(least, out var severity) ? severity : null,
            FailOn = parsed.GetValue(_failOn) is { } word ? FailThreshold.Parse(word) : null,
            WaiverFiles = Given(parsed, _waivers),
            Baseline = parsed.GetValue(_baseline) is { } baseline ? new Written(baseline) : null,
            Connections = parsed.GetValue(_connections) is { } connections ? new Written(connections) : null,
        };
    }

    private static async Task<List<Waiver>> WaiversAsync(AuditSettings settings, RuleBook book, List<Diagnostic> said, CancellationToken cancellationToken)
    {
        var waivers = new List<Waiver>();
        foreach (var file in settings.WaiverFiles.Select(f => f.Text).Distinct())
        {
            var (text, problem) = await TextFile.ReadAsync(file, cancellationToken);
            if (text is null)
            {
                said.Add(problem!);
                continue;
            }

            var read = WaiverReader.Read(text, file, book);
            said.AddRange(read.Diagnostics);
            if (read.Value is { } list) waivers.AddRange(list.Items);
        }

        return waivers;
    }

    private static async Task<Baseline?> BaselineAsync(IOContext io, AuditSettings settings, List<Diagnostic> said, CancellationToken cancellationToken)
    {
        if (settings.Baseline?.Text is not { } path) return null;
        try
        {
            await using var stream = path == "-" ? io.OpenInput() : File.OpenRead(path);
            var read = BaselineReader.Read(stream, path == "-" ? "<stdin>" : path, cancellationToken);
            said.AddRange(read.Diagnostics);
            return read.Value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            said.Add(CommandLineDiagnostics.CannotRead(path, e.Message));
            return null;
        }
    }

    private static SeveritySetting? SeverityOf(string text)
    {
        var equals = text.LastIndexOf('=');
        if (equals <= 0) return null;
        var word = text[(equals + 1)..];
        if (word == "off") return new SeveritySetting(new Written(text[..equals]), null);
        return FindingSeverities.TryParse(word, out var severity) ? new SeveritySetting(new Written(text[..equals]), severity) : null;
    }

    private static ParameterSetting ParameterOf(Written text)
    {
        var equals = text.Text.IndexOf('=', StringComparison.Ordinal);
        return new ParameterSetting(new Written(text.Text[..equals].Trim()), text.Text[(equals + 1)..]);
    }

    private static ImmutableArray<Written> Given(ParseResult parsed, Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).Select(t => new Written(t))];

    private static Option<string[]> Repeatable(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = false };
}
