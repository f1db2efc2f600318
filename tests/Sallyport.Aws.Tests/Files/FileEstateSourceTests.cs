using System.Text;
using Sallyport.Aws.Files;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Tests.Files;

public sealed class FileEstateSourceTests : IDisposable
{
    private const string Group = """{"SecurityGroups": [{"GroupId": "ID", "IpPermissions": [], "IpPermissionsEgress": []}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-test-");

    [Fact]
    public async Task A_folder_is_read_in_the_order_of_names_with_scopes_of_its_layout()
    {
        Put("111122223333/eu-west-1/groups.json", Group.Replace("ID", "sg-1", StringComparison.Ordinal));
        Put("111122223333/eu-central-1/deep/er/groups.txt", Group.Replace("ID", "sg-2", StringComparison.Ordinal));
        Put("444455556666/us-gov-west-1.json", Group.Replace("ID", "sg-3", StringComparison.Ordinal));
        Put("loose.json", Group.Replace("ID", "sg-4", StringComparison.Ordinal));
        Put("111122223333/eu-west-1/keys.json", """{"KeyPairs": [{"KeyName": "k"}]}""");
        Put(".hidden/groups.json", "broken");
        Put("111122223333/.DS_Store", "\0\0");

        var (estate, said) = await Read(_folder.FullName, new SourceOptions { Account = "999900001111", Region = "ap-south-1" });

        Assert.Equal(["SPD2080"], said.Select(d => d.Code));
        Assert.Equal(
            ["111122223333/eu-central-1 sg-2", "111122223333/eu-west-1 sg-1", "444455556666/us-gov-west-1 sg-3", "999900001111/ap-south-1 sg-4"],
            estate.SecurityGroups.Select(g => $"{g.Scope} {g.Id}"));
    }

    [Fact]
    public async Task Every_broken_file_is_named_and_the_good_ones_are_read()
    {
        Put("a.json", "{\"SecurityGroups\": [");
        Put("b.json", "");
        Put("c.json", Group.Replace("ID", "sg-1", StringComparison.Ordinal));

        var (estate, said) = await Read(_folder.FullName);

        Assert.Equal(["SPD2006", "SPD2003"], said.Select(d => d.Code));
        Assert.Equal(Path.Combine(_folder.FullName, "a.json"), said[0].At!.File);
        Assert.Single(estate.SecurityGroups);
    }

    [Fact]
    public async Task What_is_not_there_is_an_error()
    {
        Assert.Equal(["SPD2001"], (await Read(Path.Combine(_folder.FullName, "none.json"))).Said.Select(d => d.Code));
        Assert.Equal(["SPD2018"], (await Read(_folder.FullName)).Said.Select(d => d.Code));
        Put("README.md", "words");
        Assert.Equal(["SPD2081", "SPD2018"], (await Read(_folder.FullName)).Said.Select(d => d.Code));
    }

    [Fact]
    public async Task A_folder_linked_into_itself_is_read_once()
    {
        Put("a/groups.json", Group.Replace("ID", "sg-1", StringComparison.Ordinal));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "a", "loop"), _folder.FullName);

        var (estate, said) = await Read(_folder.FullName);

        Assert.Empty(said);
        Assert.Single(estate.SecurityGroups);
    }

    [Fact]
    public async Task Standard_input_is_read_like_a_file()
    {
        var bytes = Encoding.UTF8.GetBytes(Group.Replace("ID", "sg-1", StringComparison.Ordinal));

        var (estate, said) = await Read("-", new SourceOptions { StandardInput = () => new MemoryStream(bytes), Region = "eu-west-1" });

        Assert.Empty(said);
        Assert.Equal("<stdin>:1:21", Assert.Single(estate.SecurityGroups).At!.ToString());
        Assert.Equal(["SPD2020"], (await Read("-")).Said.Select(d => d.Code));
    }

    [Fact]
    public async Task Live_is_made_by_the_caller()
    {
        var live = new FileEstateSource("x", new Scope("", ""), EstateSources.Formats);

        Assert.Same(live, EstateSources.Open("live", new SourceOptions { Live = () => live }));
        Assert.Equal(["SPD2020"], (await Read("live")).Said.Select(d => d.Code));
        Assert.IsType<FileEstateSource>(EstateSources.Open("./live", new SourceOptions()));
    }

    [Fact]
    public async Task Cancellation_stops_a_read()
    {
        Put("a.json", Group);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            EstateSources.ReadAsync([EstateSources.Open(_folder.FullName, new SourceOptions())], new CancellationToken(canceled: true)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(Estate Estate, IReadOnlyList<Diagnostic> Said)> Read(string source, SourceOptions? options = null)
    {
        var (builder, said) = await EstateSources.ReadAsync([EstateSources.Open(source, options ?? new SourceOptions())], TestContext.Current.CancellationToken);
        return (builder.Build(), said);
    }

    private void Put(string path, string text)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
