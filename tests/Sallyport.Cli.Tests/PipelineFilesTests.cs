using System.Runtime.CompilerServices;
using YamlDotNet.RepresentationModel;

namespace Sallyport.Cli.Tests;

/// <summary>The files that pipelines take: read as YAML, their scripts run with the real tool.</summary>
public sealed class PipelineFilesTests
{
    private const string Open = "resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = \"tcp\"\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n}\n";
    private const string Closed = "resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n}\n";

    private static readonly string Root = Find();

    [Theory]
    [InlineData("action.yml")]
    [InlineData("ci/github-workflow.yml")]
    public void No_script_holds_an_expression(string file)
    {
        var scripts = Nodes(Yaml(file)).OfType<YamlMappingNode>().Select(m => Text(m, "run")).OfType<string>().ToList();
        Assert.NotEmpty(scripts);
        Assert.All(scripts, s => Assert.DoesNotContain("${{", s, StringComparison.Ordinal));
    }

    [Fact]
    public void The_workflow_may_read_and_no_more_beyond_its_job()
    {
        var workflow = (YamlMappingNode)Yaml("ci/github-workflow.yml");
        Assert.Equal(["contents=read"], Pairs(workflow, "permissions"));
        Assert.Equal(["contents=read", "pull-requests=write", "security-events=write"], Pairs((YamlMappingNode)((YamlMappingNode)workflow["jobs"])["audit"], "permissions"));
        Assert.DoesNotContain("secrets.", File.ReadAllText(Path.Combine(Root, "ci/github-workflow.yml")), StringComparison.Ordinal);
        Assert.Contains(Sallyport.Reports.Connectivity.DiffMarkdownWriter.Marker, File.ReadAllText(Path.Combine(Root, "ci/github-workflow.yml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_action_and_the_workflow_are_as_GitHub_wants_them()
    {
        var validator = Path.Combine(Root, "tests/consumers/pipelines/node_modules/.bin/action-validator");
        Assert.SkipUnless(File.Exists(validator), "tests/consumers/pipelines is not installed: run npm ci there.");
        using var folder = new CodeFolder();
        folder.Write(".github/workflows/sallyport.yml", File.ReadAllText(Path.Combine(Root, "ci/github-workflow.yml")));
        folder.Write("action.yml", File.ReadAllText(Path.Combine(Root, "action.yml")));
        var (exit, said) = await folder.ShellAsync($"'{validator}' action.yml && '{validator}' .github/workflows/sallyport.yml");
        Assert.True(exit == 0, said);
    }

    [Fact]
    public async Task The_actions_step_writes_findings_and_the_difference_and_ends_with_the_audits_code()
    {
        using var folder = new CodeFolder();
        folder.Write("head/main.tf", Open);
        folder.Write("base/main.tf", Closed);
        var step = Nodes(Yaml("action.yml")).OfType<YamlMappingNode>().Select(m => Text(m, "run")).OfType<string>().Single();
        var (exit, said) = await folder.ShellAsync(
            step,
            ("GITHUB_ACTION_PATH", Root), ("GITHUB_OUTPUT", Path.Combine(folder.Path, "out")), ("GITHUB_STEP_SUMMARY", Path.Combine(folder.Path, "summary")),
            ("SALLYPORT_SOURCE", "head"), ("SALLYPORT_BASE", "base"), ("SALLYPORT_FAIL_ON", "high"), ("SALLYPORT_SARIF", "s.sarif"), ("SALLYPORT_COMMENT", "c.md"));
        Assert.True(exit == 1, said);
        Assert.Contains("::error file=head/main.tf,line=3", said, StringComparison.Ordinal);
        Assert.Equal("exit-code=1\nsarif=s.sarif\ncomment=c.md\nrelation=different\n", folder.Read("out"));
        Assert.Contains("\"startLine\": 3", folder.Read("s.sarif"), StringComparison.Ordinal);
        Assert.StartsWith("<!-- sallyport:diff -->\n", folder.Read("c.md"), StringComparison.Ordinal);
        Assert.Equal(folder.Read("c.md"), folder.Read("summary"));
    }

    [Theory]
    [InlineData("$(touch owned)")]
    [InlineData("--out=owned")]
    [InlineData("; touch owned")]
    public async Task An_input_is_never_a_command(string source)
    {
        using var folder = new CodeFolder();
        var (exit, _) = await folder.ShellAsync("bash \"$GITHUB_ACTION_PATH/ci/github-action.sh\"", ("GITHUB_ACTION_PATH", Root), ("GITHUB_OUTPUT", Path.Combine(folder.Path, "out")), ("SALLYPORT_SOURCE", source));
        Assert.Equal(2, exit);
        Assert.False(File.Exists(Path.Combine(folder.Path, "owned")));
    }

    [Fact]
    public async Task GitLabs_jobs_run_as_they_are_written()
    {
        var template = (YamlMappingNode)Yaml("ci/gitlab-template.yml");
        using var folder = new CodeFolder();
        folder.Write("repo/main.tf", Closed);
        var before = string.Join('\n', ((YamlSequenceNode)((YamlMappingNode)template[".sallyport"])["before_script"]).Select(n => n.ToString()));
        var (made, text) = await folder.ShellAsync("cd repo && git init -q . && git add -A && git -c user.name=t -c user.email=t@example.com commit -qm base && git rev-parse HEAD");
        Assert.True(made == 0, text);
        folder.Write("repo/main.tf", Open);
        foreach (var (job, expected, file) in new[] { ("sallyport:audit", 1, "sallyport.sarif"), ("sallyport:diff", 0, "sallyport-diff.md") })
        {
            var script = string.Join('\n', ((YamlSequenceNode)((YamlMappingNode)template[job])["script"]).Select(n => n.ToString())).Replace("origin", ".", StringComparison.Ordinal);
            var (exit, said) = await folder.ShellAsync($"cd repo\n{before}\n{script}", ("SALLYPORT_SOURCE", "."), ("SALLYPORT_FAIL_ON", "medium"), ("SALLYPORT_REPOSITORY", ""), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", text.Trim()));
            Assert.True(exit == expected, said);
            Assert.NotEmpty(folder.Read($"repo/{file}"));
        }
    }

    [Fact]
    public async Task The_buildspec_runs_as_it_is_written()
    {
        var spec = (YamlMappingNode)Yaml("ci/buildspec.yml");
        Assert.Equal("0.2", Text(spec, "version"));
        using var folder = new CodeFolder();
        folder.Write("main.tf", Open);
        var commands = new[] { "install", "build" }.SelectMany(p => (YamlSequenceNode)((YamlMappingNode)((YamlMappingNode)spec["phases"])[p])["commands"]).Select(n => n.ToString());
        var variables = ((YamlMappingNode)((YamlMappingNode)spec["env"])["variables"]).Select(v => (v.Key.ToString(), v.Value.ToString())).ToArray();
        var (exit, said) = await folder.ShellAsync(string.Join('\n', commands), variables);
        Assert.True(exit == 1, said);
        Assert.All(((YamlSequenceNode)((YamlMappingNode)spec["artifacts"])["files"]).Select(f => f.ToString()), f => Assert.NotEmpty(folder.Read(f)));
    }

    [Fact]
    public async Task Hooks_name_scripts_that_run()
    {
        var hooks = ((YamlSequenceNode)Yaml(".pre-commit-hooks.yaml")).Cast<YamlMappingNode>().ToList();
        Assert.Equal(["sallyport", "sallyport-connections"], hooks.Select(h => Text(h, "id")));
        Assert.All(hooks, h => Assert.Equal("script", Text(h, "language")));
        Assert.Matches(Text(hooks[0], "files")!, "infra/main.tf");
        Assert.DoesNotMatch(Text(hooks[0], "files")!, "src/Program.cs");
        using var folder = new CodeFolder();
        folder.Write("main.tf", Open);
        folder.Write("connections.yaml", "version: 1\nconnections: nonsense\n");
        foreach (var (line, expected) in new[] { ($"'{Root}/{Text(hooks[0], "entry")}'", 1), ($"'{Root}/{Text(hooks[0], "entry")}' . --fail-on none", 0), ($"'{Root}/{Text(hooks[1], "entry")}' connections.yaml", 2) })
        {
            var (exit, said) = await folder.ShellAsync(line);
            Assert.True(exit == expected, said);
        }
    }

    private static YamlNode Yaml(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Root, file));
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlNode> Nodes(YamlNode root) => root.AllNodes;

    private static string? Text(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlScalarNode { Value: { } text } ? text : null;

    private static IEnumerable<string> Pairs(YamlMappingNode map, string key) => ((YamlMappingNode)map[key]).Select(p => $"{p.Key}={p.Value}");

    private static string Find([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
