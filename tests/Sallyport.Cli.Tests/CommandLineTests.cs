namespace Sallyport.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task An_unknown_command_is_an_input_error_that_names_it()
    {
        var run = await Run.Sallyport(["adit"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("SPD7001", run.Error, StringComparison.Ordinal);
        Assert.Contains("adit", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task An_unknown_option_is_an_input_error()
    {
        var run = await Run.Sallyport(["version", "--loud"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("--loud", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_goes_to_standard_output_with_exit_0()
    {
        var run = await Run.Sallyport(["--help"]);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("sallyport demo", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Version_as_json_has_a_schema_version()
    {
        var run = await Run.Sallyport(["version", "-o", "json"]);
        using var json = System.Text.Json.JsonDocument.Parse(run.Out);
        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("0.1.0", json.RootElement.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_scripts_ask_the_tool_for_suggestions(string shell)
    {
        var run = await Run.Sallyport(["completion", shell]);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_of_an_unknown_shell_is_an_input_error()
    {
        var run = await Run.Sallyport(["completion", "tcsh"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
    }
}
