using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sallyport.Cli.Tests.Samples;

/// <summary>
/// Every folder here is an estate as AWS CLI files and, beside it, questions with the answers that EC2's documentation gives:
/// <c>from to service [layer] verdict</c>, or <c>error CODE</c>.
/// </summary>
public sealed class SamplesTests
{
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Root()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_question_of_a_sample_has_its_answer(string name)
    {
        var folder = Path.Combine(Root(), name);
        var wrong = new List<string>();
        var asked = 0;
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, "expected.txt")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            asked++;
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var isError = words[3] == "error";
            var layer = isError || words.Length == 4 ? "sg" : words[3];
            var run = await Run.Sallyport(
                ["reach", folder, "--from", words[0], "--to", words[1], "--service", words[2], "--layer", layer, "-o", "json"], cancellationToken: TestContext.Current.CancellationToken);
            var answer = run.Code switch
            {
                ExitCode.Done => Verdict(run.Out),
                _ when isError && run.Error.Contains(words[^1], StringComparison.Ordinal) => words[^1],
                _ => $"{run.Code}: {run.Error}",
            };
            if (answer != words[^1]) wrong.Add($"{line}: {answer}");
        }

        Assert.True(asked > 0, $"{name} asks nothing.");
        Assert.Empty(wrong);
    }

    private static string? Verdict(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("verdict").GetString();
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
