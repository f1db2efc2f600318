using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sallyport.Tests.Architecture;

/// <summary>
/// Which part may use which. This table is the only one: docs describe it, this test holds it. A new folder or project fails
/// here until it has a line, and a new arrow until somebody has written it down.
/// </summary>
public sealed class FolderArrowsTests
{
    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["Diagnostics"] = [],
        ["Packets"] = [],
        ["Yaml"] = ["Diagnostics"],
        ["Hcl"] = ["Packets", "Diagnostics"],
        ["Declarations"] = ["Estates", "Packets", "Diagnostics"],
        ["Terraform"] = ["Hcl", "Declarations", "Estates", "Packets", "Diagnostics"],
        ["CloudFormation"] = ["Declarations", "Yaml", "Estates", "Packets", "Diagnostics"],
        ["Estates"] = ["Packets", "Diagnostics"],
        ["Reachability"] = ["Estates", "Packets"],
        ["Connectivity"] = ["Estates", "Packets", "Reachability", "Diagnostics"],
        ["Anomalies"] = ["Connectivity", "Connections", "Estates", "Packets", "Reachability", "Diagnostics"],
        ["Policies"] = ["Connectivity", "Connections", "Estates", "Packets", "Reachability", "Diagnostics"],
        ["Connections"] = ["Estates", "Packets", "Reachability", "Yaml", "Diagnostics"],
        ["FlowLogs"] = ["Estates", "Packets", "Diagnostics"],
        ["Auditing"] = ["Drift", "Anomalies", "Policies", "Planning", "Connectivity", "Reachability", "Connections", "FlowLogs", "Estates", "Packets", "Yaml", "Diagnostics"],
        ["Planning"] = ["Policies", "Connectivity", "Estates", "Connections", "Reachability", "Packets", "Diagnostics"],
        ["Applying"] = ["Planning", "Estates", "Packets", "Diagnostics"],
        ["Fixing"] = ["Auditing", "Planning", "Anomalies", "Connectivity", "Connections", "Reachability", "Estates", "Packets", "Diagnostics"],
        ["Drift"] = ["Planning", "Estates", "Connections", "Diagnostics"],
        ["Patching"] = ["Hcl", "Yaml", "Drift", "Planning", "Estates", "Packets", "Diagnostics"],
        ["Templates"] = ["Estates", "Connections", "Planning", "Reachability", "Packets", "Diagnostics"],
        ["Reports"] =
        [
            "Anomalies", "Connectivity", "Policies", "Drift", "Fixing", "Applying", "Planning", "Auditing", "FlowLogs", "Connections", "Reachability", "Estates", "Packets", "Diagnostics", "Templates",
        ],
    };

    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Sallyport"] = [],
        ["Sallyport.Aws"] = ["Sallyport"],
        ["Sallyport.Lab"] = ["Sallyport", "Sallyport.Aws"],
        ["Sallyport.Cli"] = ["Sallyport", "Sallyport.Aws", "Sallyport.Lab"],
        ["Sallyport.Server"] = ["Sallyport", "Sallyport.Aws"],
    };

    [Fact]
    public void Every_folder_of_the_library_is_in_the_table() =>
        Assert.Empty(Directory.EnumerateDirectories(SourceTree.Library).Select(d => Path.GetFileName(d)).Except(Folders.Keys));

    [Fact]
    public void The_library_has_no_code_outside_its_folders() =>
        Assert.Empty(Directory.EnumerateFiles(SourceTree.Library, "*.cs").Select(SourceTree.Short));

    [Fact]
    public void The_table_has_no_cycle()
    {
        var left = Folders.ToDictionary();
        while (left.FirstOrDefault(f => !f.Value.Any(left.ContainsKey)) is { Key: { } free }) left.Remove(free);
        Assert.Empty(left.Keys);
    }

    [Fact]
    public void Folders_use_only_what_the_table_allows()
    {
        var problems = new List<string>();
        foreach (var (folder, allowed) in Folders)
        {
            foreach (var (place, used) in UsesOf(folder))
            {
                if (used != folder && !allowed.Contains(used)) problems.Add($"{place}: {folder} may not use {used}.");
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        var problems = new List<string>();
        foreach (var file in SourceTree.CSharpFiles(Path.Combine(SourceTree.Root, "src")))
        {
            var folder = Path.GetRelativePath(Path.Combine(SourceTree.Root, "src"), Path.GetDirectoryName(file)!).Replace('\\', '/').Replace('/', '.');
            var declared = SourceTree.CodeLines(file).Select(l => Regex.Match(l.Text, @"^namespace ([\w.]+)")).FirstOrDefault(m => m.Success);
            if (declared is not null && declared.Groups[1].Value != folder) problems.Add($"{SourceTree.Short(file)} is in namespace {declared.Groups[1].Value}.");
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Projects_reference_only_what_the_table_allows()
    {
        var found = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, project =>
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.True(Projects.TryGetValue(name, out var allowed), $"{name} is not in the table.");
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Empty(references.Except(allowed));
        });
    }

    [Fact]
    public void Yaml_is_read_in_one_place_and_in_templates_only()
    {
        var users = SourceTree.CSharpFiles(Path.Combine(SourceTree.Root, "src"))
            .Where(f => SourceTree.CodeLines(f).Any(l => Regex.IsMatch(l.Text, @"\bYamlDotNet\b")))
            .Select(SourceTree.Short)
            .Where(f => !f.StartsWith("src/Sallyport/Yaml/", StringComparison.Ordinal) && !f.StartsWith("src/Sallyport/Templates/", StringComparison.Ordinal));
        Assert.Empty(users);
    }

    [Fact]
    public void Nothing_is_named_for_having_no_name()
    {
        var banned = new Regex(@"^(Utils?|Utilities|Common|Helpers?|Managers?)$|(Utils?|Utilities|Helpers?|Managers?)$", RegexOptions.IgnoreCase);
        var source = Path.Combine(SourceTree.Root, "src");
        var names = Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories)
            .Concat(SourceTree.CSharpFiles(source))
            .Where(path => banned.IsMatch(Path.GetFileName(path).Split('.')[0]) || Path.GetFileName(path).Split('.').Contains("Common"));
        Assert.Empty(names.Select(SourceTree.Short));
    }

    [Theory]
    [InlineData("using Sallyport.Planning;", "Planning")]
    [InlineData("using Sallyport.Planning.Steps;", "Planning")]
    [InlineData("using Step = Sallyport.Planning.PlanStep;", "Planning")]
    [InlineData("using static Sallyport.Planning.Planner;", "Planning")]
    [InlineData("    var plan = new Sallyport.Planning.Plan();", "Planning")]
    [InlineData("    var cidr = Packets.Cidr.Parse(text);", "Packets")]
    public void A_use_is_seen_however_it_is_written(string line, string folder) => Assert.Contains(folder, UsesIn(line));

    [Theory]
    [InlineData("    if (estate.Packets.Cidr is null) return;")]
    [InlineData("    return Diagnostics.All(d => d.Severity != Severity.Error);")]
    [InlineData("using System.Net.Sockets;")]
    public void What_only_looks_like_a_use_is_none(string line) => Assert.Empty(UsesIn(line));

    private static IEnumerable<(string Place, string Folder)> UsesOf(string folder)
    {
        var path = Path.Combine(SourceTree.Library, folder);
        if (!Directory.Exists(path)) yield break;
        foreach (var file in SourceTree.CSharpFiles(path))
        {
            foreach (var (number, text) in SourceTree.CodeLines(file))
            {
                if (text.StartsWith("namespace ", StringComparison.Ordinal)) continue;
                foreach (var used in UsesIn(text)) yield return ($"{SourceTree.Short(file)}:{number}", used);
            }
        }
    }

    /// <summary>
    /// Folders a line of code names: by <c>Sallyport.X</c>, or by <c>X.Type</c>, which needs no using from inside the product's
    /// namespace; that counts when X has a type of that name.
    /// </summary>
    private static IEnumerable<string> UsesIn(string line)
    {
        foreach (Match match in Regex.Matches(line, @"\bSallyport\.(\w+)"))
        {
            if (Folders.ContainsKey(match.Groups[1].Value)) yield return match.Groups[1].Value;
        }

        foreach (Match match in Regex.Matches(line, @"(?<![\w.])([A-Z]\w+)\.([A-Z]\w+)"))
        {
            if (TypeNames[match.Groups[1].Value].Contains(match.Groups[2].Value)) yield return match.Groups[1].Value;
        }
    }

    private static readonly ILookup<string, string> TypeNames = Folders.Keys
        .Where(f => Directory.Exists(Path.Combine(SourceTree.Library, f)))
        .SelectMany(f => SourceTree.CSharpFiles(Path.Combine(SourceTree.Library, f)).Select(file => (Folder: f, Type: Path.GetFileName(file).Split('.')[0])))
        .ToLookup(x => x.Folder, x => x.Type);
}
