using Sallyport.Cli.Files;

namespace Sallyport.Cli.Tests.Files;

public sealed class FileJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-journal").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_appended_is_read_back_after_reopening()
    {
        var path = Path.Combine(_folder, "plan.journal");
        await using (var journal = FileJournal.Open(path))
        {
            Assert.Empty(await journal.ReadAsync(default));
            await journal.AppendAsync("one\n"u8.ToArray(), default);
            await journal.AppendAsync("two\n"u8.ToArray(), default);
            Assert.Equal("one\ntwo\n"u8.ToArray(), await journal.ReadAsync(default));
        }

        await using (var again = FileJournal.Open(path))
        {
            await again.TruncateAsync(4, default);
            await again.AppendAsync("three\n"u8.ToArray(), default);
        }

        Assert.Equal("one\nthree\n", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = Path.Combine(_folder, "plan.journal");
        await using var journal = FileJournal.Open(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task A_second_writer_is_kept_out()
    {
        var path = Path.Combine(_folder, "plan.journal");
        await using var journal = FileJournal.Open(path);
        Assert.ThrowsAny<IOException>(() => FileJournal.Open(path));
        Assert.ThrowsAny<IOException>(() => FileJournal.OpenRead(path));
    }

    [Fact]
    public void Reading_does_not_create_one() => Assert.Throws<FileNotFoundException>(() => FileJournal.OpenRead(Path.Combine(_folder, "absent.journal")));
}
