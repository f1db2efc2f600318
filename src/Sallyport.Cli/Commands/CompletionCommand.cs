using System.CommandLine;

namespace Sallyport.Cli.Commands;

/// <summary><c>completion SHELL</c>: a script that asks <c>sallyport [suggest]</c>; no network call.</summary>
internal static class CompletionCommand
{
    public static Command Create(IOContext io)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Print a completion script, for example: source <(sallyport completion bash)") { shell };
        command.SetAction(async (parsed, _) =>
        {
            await io.Out.WriteAsync(Script(parsed.GetRequiredValue(shell)));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Script(string shell) => shell switch
    {
        "bash" => """
            _sallyport() {
                local IFS=$'\n'
                COMPREPLY=( $(compgen -o default -W "$(sallyport "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F _sallyport sallyport

            """,
        "zsh" => """
            #compdef sallyport
            _sallyport() {
                local -a words_found
                words_found=("${(@f)$(sallyport "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -a words_found
                _files
            }
            compdef _sallyport sallyport

            """,
        "fish" => """
            complete -c sallyport -f -a '(sallyport "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
            complete -c sallyport -F

            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName sallyport -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                sallyport "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };
}
