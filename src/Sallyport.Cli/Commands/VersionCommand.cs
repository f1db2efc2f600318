using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sallyport.Cli.Commands;

/// <summary><c>version</c>: what is running.</summary>
internal static class VersionCommand
{
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Without the commit.</summary>
    public static string Number { get; } = Version.Split('+', 2)[0];

    public static Command Create(IOContext io)
    {
        var output = new Option<string>("--output", "-o") { Description = "text or json", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var command = new Command("version", "Print the version.") { output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // SourceLink-style suffix: version+commit.
            var parts = Version.Split('+', 2);
            if (parsed.GetValue(output) == "json")
            {
                using var buffer = new MemoryStream();
                using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
                {
                    json.WriteStartObject();
                    json.WriteNumber("schemaVersion", 1);
                    json.WriteString("version", parts[0]);
                    json.WriteString("commit", parts.Length > 1 ? parts[1] : "");
                    json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                    json.WriteEndObject();
                }

                await io.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(buffer.ToArray()).AsMemory(), cancellationToken);
            }
            else
            {
                await io.Out.WriteLineAsync($"sallyport {parts[0]} ({RuntimeInformation.FrameworkDescription})".AsMemory(), cancellationToken);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
