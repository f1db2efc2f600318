using Xunit.Sdk;

namespace Sallyport.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-golden").FullName;

    private string Source => Path.Combine(_folder, "Some.cs");

    private string Golden => Path.Combine(_folder, "Goldens", "x.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mismatch_writes_the_actual_text_and_a_match_removes_it()
    {
        Assert.Throws<FailException>(() => Snapshot.Match("a\n", "x.txt", Source, isAccepting: false, isCi: true));
        Assert.Equal("a\n", File.ReadAllText(Golden + ".actual"));
        Assert.False(File.Exists(Golden));
        Snapshot.Match("a\n", "x.txt", Source, isAccepting: true, isCi: false);
        Snapshot.Match("a\n", "x.txt", Source, isAccepting: false, isCi: true);
        Assert.Throws<FailException>(() => Snapshot.Match("a \n", "x.txt", Source, isAccepting: false, isCi: false));
        Snapshot.Match("a\n", "x.txt", Source, isAccepting: false, isCi: false);
        Assert.False(File.Exists(Golden + ".actual"));
    }

    [Fact]
    public void CI_accepts_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => Snapshot.Match("a\n", "x.txt", Source, isAccepting: true, isCi: true));
        Assert.False(File.Exists(Golden));
    }

    [Fact]
    public void The_difference_shows_both_sides_with_context() =>
        Assert.Equal("line 2:\n  a\n- b\n+ B\n  c\n  \n", Snapshot.Difference("a\nb\nc\n", "a\nB\nc\n"));
}
