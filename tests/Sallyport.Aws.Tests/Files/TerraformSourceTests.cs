using System.Text;
using Sallyport.Aws.Files;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Tests.Files;

/// <summary>Terraform code among other files, in several sources, and where it should not be.</summary>
public sealed class TerraformSourceTests : IDisposable
{
    private const string Web = "resource \"aws_security_group\" \"web\" {}\n";
    private const string Group = """{"SecurityGroups": [{"GroupId": "sg-11112222", "IpPermissions": [], "IpPermissionsEgress": []}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-test-");

    [Fact]
    public async Task Code_and_answers_lie_in_one_folder()
    {
        Put("111122223333/eu-west-1/main.tf", Web);
        Put("111122223333/eu-west-1/terraform.tfvars", "x = 1");
        Put("111122223333/eu-west-1/.terraform/modules/m/main.tf", "broken {");
        Put("groups.json", Group);

        var (estate, said) = await Read(_folder.FullName);

        Assert.Empty(said);
        Assert.Equal(["?/? sg-11112222", "111122223333/eu-west-1 aws_security_group.web"], estate.SecurityGroups.Select(g => $"{g.Scope} {g.Id}"));
    }

    [Fact]
    public async Task Names_carry_their_path_as_soon_as_there_are_two_units()
    {
        Put("a/main.tf", Web);
        Put("b/main.tf", Web + "module \"m\" { source = \"./m\" }");
        Put("b/m/main.tf", Web);
        Put("a/other.tf.json", """{"resource": {"aws_security_group": {"json": {}}}}""");
        string At(string path) => Path.Combine(_folder.FullName, path);

        Assert.Equal(["a#aws_security_group.json", "a#aws_security_group.web", "b#aws_security_group.web", "b#module.m.aws_security_group.web"], Ids(await Read(_folder.FullName)));
        Assert.Equal(["aws_security_group.json", "aws_security_group.web"], Ids(await Read(At("a"))));
        Assert.Equal(["aws_security_group.json"], Ids(await Read(At("a/other.tf.json"))));
        Assert.Equal([$"{At("a")}#aws_security_group.json", $"{At("a")}#aws_security_group.web", $"{At("b/m")}#aws_security_group.web"], Ids(await Read(At("a"), At("b/m"))));
        Assert.Equal([$"{At("a/main.tf")}#aws_security_group.web", $"{At("b/m/main.tf")}#aws_security_group.web"], Ids(await Read(At("a/main.tf"), At("b/m/main.tf"))));
    }

    [Theory]
    [InlineData(Web)]
    [InlineData("# a comment\n/* another */\n\nresource \"aws_security_group\" \"web\" {}")]
    [InlineData("""{"resource": {"aws_security_group": {"web": {}}}}""")]
    public async Task Standard_input_may_hold_code(string code)
    {
        var input = new StreamEstateSource(() => new MemoryStream(Encoding.UTF8.GetBytes(code)), new Scope("", ""), EstateSources.Formats);
        var (builder, said) = await EstateSources.ReadAsync([input], TestContext.Current.CancellationToken);
        Assert.Empty(said);
        Assert.Equal(["aws_security_group.web"], builder.Build().SecurityGroups.Select(g => g.Id.Value));
    }

    [Fact]
    public async Task Modules_outside_the_folder_are_found()
    {
        Put("envs/prod/main.tf", "module \"m\" { source = \"../../modules/m\" }");
        Put("modules/m/main.tf", Web);
        Assert.Equal(["module.m.aws_security_group.web"], Ids(await Read(Path.Combine(_folder.FullName, "envs/prod"))));
    }

    [Fact]
    public async Task Broken_code_says_where_and_a_byte_order_mark_does_not_matter()
    {
        Put("a/main.tf", "\uFEFF" + Web);
        Put("b/main.tf", "resource \"aws_security_group\" \"web\" {\n  name = (1\n}\n");
        var (estate, said) = await Read(_folder.FullName);
        Assert.Equal(["a#aws_security_group.web"], estate.SecurityGroups.Select(g => g.Id.Value));
        var error = Assert.Single(said);
        Assert.Equal(("SPD2200", Severity.Error), (error.Code, error.Severity));
        Assert.StartsWith(Path.Combine(_folder.FullName, "b/main.tf") + ":", error.At!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_leads_back_up_ends()
    {
        Put("main.tf", Web + "module \"m\" { source = \"./loop\" }");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "loop"), _folder.FullName);
        var (estate, said) = await Read(_folder.FullName);
        Assert.NotEmpty(estate.SecurityGroups);
        Assert.All(said, d => Assert.Equal("SPD2221", d.Code));
    }

    [Theory]
    [InlineData("repo/evil.tf", "", true)]
    [InlineData("repo/terraform.tfvars", "", true)]
    [InlineData("repo/evil.tf.json", "", true)]
    [InlineData("repo/m/evil.tf", "module \"m\" { source = \"./m\" }", true)]
    [InlineData("repo/t.yaml", "", false)]
    [InlineData("repo/t.json", "", false)]
    public async Task A_link_that_leads_out_is_named_and_not_followed(string link, string more, bool isCode)
    {
        Put("secret", "root:x:0:0 SECRET");
        Put("repo/main.tf", Web + more);
        Put("repo/m/main.tf", Web);
        Link(link, string.Concat(Enumerable.Repeat("../", link.Split('/').Length - 1)) + "secret");
        var (estate, said) = await Read(Path.Combine(_folder.FullName, "repo"));
        var only = Assert.Single(said);
        Assert.Equal(("SPD2285", Severity.Warning, Path.Combine(_folder.FullName, link)), (only.Code, only.Severity, only.At!.File));
        Assert.DoesNotContain("SECRET", only.ToString() + string.Join(' ', estate.Gaps), StringComparison.Ordinal);
        Assert.Contains(estate.SecurityGroups, g => g.Id.Value.EndsWith("aws_security_group.web", StringComparison.Ordinal));
        Assert.Contains(estate.Gaps, g => g.Why.Contains(isCode ? link : "was not followed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_stays_inside_is_followed()
    {
        Put("repo/main.tf", "module \"m\" { source = \"./m\" }");
        Put("repo/shared/web.tf", Web);
        Put("repo/shared/values", "x = 1");
        Put("repo/shared/group", Group);
        Link("repo/m/web.tf", "../shared/web.tf");
        Link("repo/terraform.tfvars", Path.Combine(_folder.FullName, "repo/shared/values"));
        Link("repo/groups.json", "shared/../shared/group");
        Link("root", "repo");
        foreach (var source in (string[])["repo", "root"])
        {
            var (estate, said) = await Read(Path.Combine(_folder.FullName, source));
            Assert.DoesNotContain(said, d => d.Code == "SPD2285");
            Assert.Contains("sg-11112222", estate.SecurityGroups.Select(g => g.Id.Value));
            Assert.Contains(estate.SecurityGroups, g => g.Id.Value.EndsWith("module.m.aws_security_group.web", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_module_outside_gives_only_its_own_code()
    {
        Put("repo/main.tf", "module \"m\" { source = \"../shared\" }\nmodule \"l\" { source = \"./out\" }");
        Put("shared/main.tf", Web);
        Put("shared/terraform.tfvars", "broken {");
        Put("secret", "root:x:0:0 SECRET");
        Link("shared/evil.tf", "../secret");
        Put("elsewhere/main.tf", Web);
        Link("repo/out", "../elsewhere");
        var (estate, said) = await Read(Path.Combine(_folder.FullName, "repo"));
        Assert.Equal(["module.m.aws_security_group.web"], estate.SecurityGroups.Select(g => g.Id.Value));
        Assert.Equal(["SPD2285", "SPD2285"], said.Select(d => d.Code));
        Assert.Equal(["out", "evil.tf"], said.Select(d => Path.GetFileName(d.At!.File)).OrderDescending(StringComparer.Ordinal));
        Assert.DoesNotContain("SECRET", string.Join(' ', said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_values_alone_holds_nothing()
    {
        Put("x.tfvars", "a = 1");
        Assert.Equal(["SPD2018"], (await Read(_folder.FullName)).Said.Select(d => d.Code));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<string> Ids((Estate Estate, IReadOnlyList<Diagnostic> Said) read) => read.Estate.SecurityGroups.Select(g => g.Id.Value);

    private static async Task<(Estate Estate, IReadOnlyList<Diagnostic> Said)> Read(params string[] sources)
    {
        var (builder, said) = await EstateSources.ReadAsync(sources.Select(s => EstateSources.Open(s, new SourceOptions())), TestContext.Current.CancellationToken);
        return (builder.Build(), said);
    }

    private void Link(string path, string target)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }

    private void Put(string path, string text)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
