using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sallyport.Tests.Templates;

/// <summary>Readers of Terraform that are not ours: npm packages in <c>tests/consumers/terraform</c>, and Terraform itself where it is installed.</summary>
internal static class TerraformTools
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "consumers", "terraform");

    public static bool HasPackages => Directory.Exists(Path.Combine(Folder, "node_modules"));

    public static bool HasTerraform => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(p => p.Length > 0 && File.Exists(Path.Combine(p, "terraform")));

    /// <summary>The code as <c>@cdktf/hcl2json</c> reads it.</summary>
    public static Task<JsonElement> JsonAsync(string code) => RunAsync("json", code);

    /// <summary>The code as the formatter of <c>@cdktf/hcl-tools</c> leaves it.</summary>
    public static async Task<string> FormattedAsync(string code) => (await RunAsync("format", code)).GetString()!;

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

    /// <summary>The value of a local as Terraform itself works it out, without any provider: only blocks that need none may be given.</summary>
    public static async Task<JsonElement> LocalAsync(string code, string local)
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "main.tf"), $"{code}\noutput \"it\" {{\n  value = local.{local}\n}}\n");
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

    private static async Task<JsonElement> RunAsync(string kind, string code, [CallerMemberName] string caller = "")
    {
        var folder = Directory.CreateTempSubdirectory("sallyport-").FullName;
        try
        {
            var file = Path.Combine(folder, "main.tf");
            await File.WriteAllTextAsync(file, code);
            var (exit, text) = await ChildProcess.RunAsync("node", [Path.Combine(Folder, "read.mjs"), kind, file]);
            Assert.True(exit == 0, $"{caller}: {text}");
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
