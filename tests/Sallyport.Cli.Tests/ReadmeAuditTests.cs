using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Cli.Tests;

/// <summary>The README's sections on audits and on code, run as they stand: their files are written, their commands run in order, and what they promise is held against what happens.</summary>
public sealed class ReadmeAuditTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-readme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_example_does_what_it_says()
    {
        await SnapshotAsync();
        Assert.Equal(10, await RunAsync("## Audit", _folder, InFolder));
        Assert.True(File.Exists(Path.Combine(_folder, "audit.json")));
    }

    [Fact]
    public async Task Every_example_of_code_does_what_it_says() => Assert.Equal(13, await RunAsync("## Infrastructure as code", RepositoryRoot(), InRepository));

    private static string InRepository(string word) => word.StartsWith("examples/", StringComparison.Ordinal) ? Path.Combine(RepositoryRoot(), word) : word;

    // The number of commands, each held against what it promises.
    private async Task<int> RunAsync(string heading, string directory, Func<string, string> rewrite)
    {
        var commands = 0;
        foreach (var (command, promise) in Examples(heading))
        {
            commands++;
            var run = await Run.Sallyport([.. Words(command).Select(rewrite)], directory: directory, cancellationToken: TestContext.Current.CancellationToken);
            var exit = Regex.Match(promise, "^exit ([0-9])(?:: (.+))?$");
            Assert.True(exit.Success, $"{command} promises nothing that can be held against it: {promise}");
            Assert.True(int.Parse(exit.Groups[1].ValueSpan) == (int)run.Code, $"{command}: exit {(int)run.Code}\n{run.Error}");
            Assert.Contains(exit.Groups[2].Value, run.Out, StringComparison.Ordinal);
        }

        return commands;
    }

    // As the README's first steps make it: the account whose variables the lab prints.
    private async Task SnapshotAsync()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);
        var run = await Run.Sallyport(["snapshot", "live", "--region", "all", "--out", Path.Combine(_folder, "before.json")], lab.Environment(lab.Credentials[0].Account).ToDictionary());
        Assert.Equal(ExitCode.Done, run.Code);
    }

    /// <summary>Writes the files of the section and gives its commands with what stands behind their #.</summary>
    private List<(string Command, string Promise)> Examples(string heading)
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot(), "README.md"));
        var section = readme[readme.IndexOf($"\n{heading}\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        var examples = new List<(string, string)>();
        string? name = null;
        var content = new StringBuilder();
        foreach (var line in section.Split('\n'))
        {
            if (line.StartsWith("    ./sallyport ", StringComparison.Ordinal))
            {
                var parts = line.Trim().Split("  #", 2);
                examples.Add((parts[0]["./sallyport ".Length..], parts.Length > 1 ? parts[1].Trim() : ""));
            }
            else if (name is not null && line.StartsWith("    ", StringComparison.Ordinal))
            {
                content.Append(line[4..]).Append('\n');
            }
            else if (line.Trim().Length > 0)
            {
                Finish();
                name = Regex.Match(line, "^`([a-z]+\\.yaml)`:$") is { Success: true } match ? match.Groups[1].Value : null;
            }
        }

        Finish();
        return examples;

        void Finish()
        {
            if (name is null) return;
            // The project's settings would change what the other examples show: they are read by their own test.
            File.WriteAllText(Path.Combine(_folder, name == "sallyport.yaml" ? "settings.yaml" : name), content.ToString());
            content.Clear();
            name = null;
        }
    }

    [Fact]
    public async Task The_settings_file_is_right()
    {
        await SnapshotAsync();
        Examples("## Audit");
        var run = await Run.Sallyport(["audit", Path.Combine(_folder, "before.json"), "--config", Path.Combine(_folder, "settings.yaml")], directory: _folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.Contains("waived until 2099-03-31 by team-net", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("SP-PAIR-04 ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("SP-OVL", run.Out, StringComparison.Ordinal);
    }

    private string InFolder(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var file = word[(equals + 1)..];
        return Regex.IsMatch(file, "^[a-z]+\\.(json|yaml)$") ? word[..(equals + 1)] + Path.Combine(_folder, file) : word;
    }

    private static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string RepositoryRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "Sallyport.slnx"))) at = at.Parent;
        return at.FullName;
    }
}
