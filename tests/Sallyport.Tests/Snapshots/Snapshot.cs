using System.Runtime.CompilerServices;
using System.Text;

namespace Sallyport.Tests.Snapshots;

/// <summary>
/// Golden files: <c>Goldens/NAME</c> beside the test's source. On a mismatch the actual text is written next to the expected one
/// as <c>NAME.actual</c> and the first differing lines are shown. <c>SALLYPORT_ACCEPT=1</c> rewrites the expected file instead,
/// which CI refuses: there a golden is accepted by nobody.
/// </summary>
internal static class Snapshot
{
    private const string AcceptVariable = "SALLYPORT_ACCEPT";
    private const int Context = 3;
    private const int MostLines = 12;

    /// <summary>Compares text with its golden, byte for byte.</summary>
    public static void Match(string actual, string name, [CallerFilePath] string source = "") =>
        Match(actual, name, source, Environment.GetEnvironmentVariable(AcceptVariable) == "1", Environment.GetEnvironmentVariable("CI") == "true");

    internal static void Match(string actual, string name, string source, bool isAccepting, bool isCi)
    {
        if (isAccepting && isCi) throw new InvalidOperationException($"{AcceptVariable} is set in CI: goldens are accepted by people, on their machines.");
        var expectedPath = Path.Combine(Path.GetDirectoryName(source)!, "Goldens", name);
        var actualPath = expectedPath + ".actual";
        var expected = File.Exists(expectedPath) ? File.ReadAllText(expectedPath) : null;
        if (expected == actual)
        {
            File.Delete(actualPath);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(expectedPath)!);
        if (isAccepting)
        {
            Write(expectedPath, actual);
            File.Delete(actualPath);
            return;
        }

        Write(actualPath, actual);
        Assert.Fail(expected is null
            ? $"There is no golden {name} yet. Read {actualPath}; if it is right, run again with {AcceptVariable}=1."
            : $"{name} differs from its golden; the actual text is in {actualPath}. If it is right, run again with {AcceptVariable}=1.\n{Difference(expected, actual)}");
    }

    /// <summary>The first place where two texts differ, a few lines around it, <c>-</c> expected and <c>+</c> actual.</summary>
    internal static string Difference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start]) start++;
        var (oldEnd, nowEnd) = (old.Length, now.Length);
        while (oldEnd > start && nowEnd > start && old[oldEnd - 1] == now[nowEnd - 1]) (oldEnd, nowEnd) = (oldEnd - 1, nowEnd - 1);
        var text = new StringBuilder().Append("line ").Append(start + 1).Append(":\n");
        Append(old, Math.Max(0, start - Context), start, ' ');
        Append(old, start, Math.Min(oldEnd, start + MostLines), '-');
        Append(now, start, Math.Min(nowEnd, start + MostLines), '+');
        Append(old, oldEnd, Math.Min(old.Length, oldEnd + Context), ' ');
        return text.ToString();

        void Append(string[] lines, int from, int to, char sign)
        {
            for (var i = from; i < to; i++) text.Append(sign).Append(' ').Append(lines[i]).Append('\n');
        }
    }

    private static void Write(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(false));
}
