using System.Collections.Immutable;
using System.CommandLine;

namespace Sallyport.Cli.Output;

/// <summary>The repeatable <c>-o, --output FORMAT[=FILE]</c> of one command, with the formats it has; the first is the default.</summary>
internal sealed class OutputOption
{
    private readonly Option<string[]> _option;

    public OutputOption(params ImmutableArray<string> formats)
    {
        _option = new Option<string[]>("--output", "-o")
        {
            Description = $"output format, optionally into a file: FORMAT[=FILE]; {string.Join(", ", formats)} (default {formats[0]}; repeatable)",
            AllowMultipleArgumentsPerToken = false,
            HelpName = "FORMAT[=FILE]",
        };
        _option.CompletionSources.Add([.. formats]);
        _option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                var choice = OutputChoice.Parse(token.Value);
                if (!formats.Contains(choice.Format)) result.AddError($"There is no output format \"{choice.Format}\" here; it is one of {string.Join(", ", formats)}.");
                if (choice.File is "") result.AddError($"-o {token.Value} names no file.");
            }

            foreach (var same in result.Tokens.Select(t => OutputChoice.Parse(t.Value)).Where(c => c.FullPath is not null).GroupBy(c => c.FullPath!, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                result.AddError($"Two -o name the file {same.First().File}: the second would replace the first.");
            }

            if (result.Tokens.Count(t => OutputChoice.Parse(t.Value).File is null) > 1) result.AddError("Only one -o may go to standard output; give the others a file: -o FORMAT=FILE.");
            foreach (var file in WrittenTwice(result.Tokens.Select(t => OutputChoice.Parse(t.Value).File))) result.AddError($"Two outputs would be written to {file}; the second would replace the first.");
        });
        Default = new OutputChoice(formats[0], null);
    }

    private OutputChoice Default { get; }

    // A device or pipe takes what comes one after the other; a file keeps the last.
    private static IEnumerable<string> WrittenTwice(IEnumerable<string?> files) => files
        .Where(f => f is { Length: > 0 } && !f.StartsWith("/dev/", StringComparison.Ordinal))
        .GroupBy(f => Path.GetFullPath(f!), StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.First()!);

    public void AddTo(Command command) => command.Options.Add(_option);

    /// <summary>What the user asked for; the default when nothing was said.</summary>
    public ImmutableArray<OutputChoice> Of(ParseResult parsed) =>
        parsed.GetValue(_option) is { Length: > 0 } given ? [.. given.Select(OutputChoice.Parse)] : [Default];
}
