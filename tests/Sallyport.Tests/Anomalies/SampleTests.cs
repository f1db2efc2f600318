using System.Runtime.CompilerServices;
using System.Text;
using Sallyport.Anomalies;
using Sallyport.Connections.Reading;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Anomalies;

/// <summary>
/// Two folders a kind: <c>CODE-fires</c> holds an estate (and a connections file) with the anomaly, <c>CODE-quiet</c> its nearest neighbour
/// without, and <c>anomalies.txt</c> every anomaly that is found there, with the doubts
/// of its kind. SALLYPORT_ACCEPT=1 rewrites.
/// </summary>
public sealed class SampleTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Root()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_found_in_a_sample_is_as_it_stands_beside_it(string name)
    {
        var report = Find(name, AnomalyOptions.Default);
        var doubts = report.Doubts.Where(d => name.StartsWith(FolderOf(d.Kind), StringComparison.Ordinal));
        var text = string.Concat(report.Anomalies.Select(Print).Concat(doubts.Select(d => $"? {d}\n")));
        var path = Path.Combine(Root(), name, "anomalies.txt");
        if (Environment.GetEnvironmentVariable("SALLYPORT_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") != "true") File.WriteAllText(path, text);
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText($"{path}.actual", text);
            Assert.Fail($"{name}: anomalies.txt differs; see anomalies.txt.actual.");
        }

        File.Delete($"{path}.actual");
    }

    [Fact]
    public void Every_kind_fires_on_its_sample_and_leaves_its_neighbour_alone() => Assert.All(AnomalyKinds.All, kind =>
    {
        var code = AnomalyKinds.CodeOf(kind);
        var folder = FolderOf(kind);
        var alone = new AnomalyOptions { Kinds = [kind] };
        Assert.True(!Find($"{folder}-fires", alone).Anomalies.IsEmpty, $"{code} does not fire on its sample.");
        var quiet = Find($"{folder}-quiet", alone);
        Assert.True(quiet.Anomalies.IsEmpty && quiet.Doubts.IsEmpty, $"{code} says of its quiet sample: {string.Join("; ", quiet.Anomalies)}{string.Join("; ", quiet.Doubts)}");
    });

    [Fact]
    public void There_is_no_folder_without_a_kind() => Assert.Equal(
        AnomalyKinds.All.SelectMany(k => new[] { "fires", "quiet" }.Select(s => $"{FolderOf(k)}-{s}")).Order(StringComparer.Ordinal),
        Directory.GetDirectories(Root()).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal));

    private static string FolderOf(AnomalyKind kind) => AnomalyKinds.CodeOf(kind).ToLowerInvariant().Replace('/', '-');

    private static AnomalyReport Find(string name, AnomalyOptions options)
    {
        var folder = Path.Combine(Root(), name);
        var connections = Path.Combine(folder, "connections.yaml");
        if (File.Exists(connections))
        {
            var read = ConnectionsReader.Read(File.ReadAllText(connections), "connections.yaml");
            Assert.NotNull(read.Value);
            options = options with { Connections = read.Value, Today = Today };
        }

        return AnomalyFinder.Find(EstateText.Read(File.ReadAllText(Path.Combine(folder, "estate.txt"))), options);
    }

    private static string Print(Anomaly anomaly)
    {
        var text = new StringBuilder($"{anomaly}\n    {anomaly.Basis.ToString().ToLowerInvariant()}; fix: {anomaly.Fix.Safety.ToString().ToLowerInvariant()}: {anomaly.Fix.Text}\n");
        foreach (var other in anomaly.Others) text.Append($"    with {other}\n");
        if (!anomaly.Interfaces.IsEmpty) text.Append($"    on {string.Join(", ", anomaly.Interfaces)}\n");
        if (anomaly.At is { } at) text.Append($"    at {at}\n");
        return text.ToString();
    }

    private static string Root([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Samples");
}
