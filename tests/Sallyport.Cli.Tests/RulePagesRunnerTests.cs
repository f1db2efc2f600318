namespace Sallyport.Cli.Tests;

public sealed class RulePagesRunnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-pages-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Rules_docs_writes_a_page_a_rule_and_the_index()
    {
        var folder = Path.Combine(_folder.FullName, "docs", "rules");
        var run = await Run.Sallyport(["rules", "--docs", folder]);
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Out));
        var names = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal([.. Auditing.RuleCatalogue.All.Select(r => $"{r.Code}.md").Append("README.md").Order(StringComparer.Ordinal)], names);
        Assert.Contains($"wrote {names.Count} pages", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_the_machine_s_refusal()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        var run = await Run.Sallyport(["rules", "--docs", Path.Combine(file, "rules")]);
        Assert.Equal(ExitCode.Incomplete, run.Code);
        Assert.Contains("SPD7003", run.Error, StringComparison.Ordinal);
    }
}
