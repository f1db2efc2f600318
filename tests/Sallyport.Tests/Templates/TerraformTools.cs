using System.Text.Json;
using Sallyport.Tests.Reports;

namespace Sallyport.Tests.Templates;

/// <summary>Readers of Terraform that are not ours: npm packages of <c>tests/consumers</c>, and Terraform itself where it is installed.</summary>
internal static class TerraformTools
{
    public static bool HasTerraform => ChildProcess.OnPath("terraform");

    /// <summary>The code as <c>@cdktf/hcl2json</c> reads it.</summary>
    public static Task<JsonElement> JsonAsync(string code) => NodeConsumer.ReadAsync("hcl", code);

    /// <summary>The code as the formatter of <c>@cdktf/hcl-tools</c> leaves it.</summary>
    public static async Task<string> FormattedAsync(string code) => (await NodeConsumer.ReadAsync("hcl-format", code)).GetString()!;

    /// <summary>What <c>terraform fmt</c> would change; empty when nothing.</summary>
    public static async Task<string> FmtDifferenceAsync(string code)
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-").FullName;
        try
        {
            var file = Path.Combine(folder, "main.tf");
            await File.WriteAllTextAsync(file, code);
            var (exit, text) = await ChildProcess.RunAsync("terraform", ["fmt", "-check", "-diff", "-no-color", file], ("TF_CLI_CONFIG_FILE", "/dev/null"), ("CHECKPOINT_DISABLE", "1"));
            return exit == 0 ? string.Empty : text;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// The value of an expression as Terraform itself works it out, without any provider: only blocks that need none may be given.
    /// <paramref name="module"/> is the code of <c>./module</c>.
    /// </summary>
    public static async Task<JsonElement> ValueAsync(string code, string expression, string? module = null)
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "main.tf"), $"{code}\noutput \"it\" {{\n  value = {expression}\n}}\n");
            if (module is not null)
            {
                Directory.CreateDirectory(Path.Combine(folder, "module"));
                await File.WriteAllTextAsync(Path.Combine(folder, "module", "main.tf"), module);
            }

            (string, string)[] environment = [("TF_CLI_CONFIG_FILE", "/dev/null"), ("CHECKPOINT_DISABLE", "1"), ("TF_IN_AUTOMATION", "1")];
            foreach (var arguments in new string[][] { ["init", "-input=false", "-no-color"], ["apply", "-auto-approve", "-input=false", "-no-color"] })
            {
                var (exit, text) = await ChildProcess.RunAsync("terraform", [$"-chdir={folder}", .. arguments], environment);
                Assert.True(exit == 0, text);
            }

            using var state = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "terraform.tfstate")));
            return state.RootElement.GetProperty("outputs").GetProperty("it").GetProperty("value").Clone();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
