using System.Text.RegularExpressions;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reports.Connectivity;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Reports.Connectivity;

public sealed partial class GraphFormatTests
{
    private static readonly Service Any = Service.Any;

    [Fact]
    public void Groups_are_boxes_and_services_arrows()
    {
        var graph = OfPairs(Estate("web", "db"));
        Assert.Equal(
            """
            digraph reach {
              rankdir=LR;
              node [shape=box];
              n0 [label="web\n1 interface"];
              n1 [label="db\n1 interface"];
              n0 -> n1 [label="tcp/3306"];
            }

            """,
            Text("dot", graph));
        Assert.Equal(
            """
            flowchart LR
              n0["web<br/>1 interface"]
              n1["db<br/>1 interface"]
              n0 -->|"tcp/3306"| n1

            """,
            Text("mermaid", graph));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_name_gets_out_of_its_label(string name)
    {
        var graph = OfPairs(Estate(name, "db"));
        Assert.Equal(2, graph.Nodes.Count);
        var dot = Text("dot", graph).Split('\n');
        Assert.Equal("digraph reach {", dot[0]);
        Assert.All(dot[3..5], l => Assert.Matches(DotBox(), l));
        Assert.Equal("  n0 -> n1 [label=\"tcp/3306\"];", dot[5]);
        Assert.Equal(["}", ""], dot[6..]);
        var mermaid = Text("mermaid", graph).Split('\n');
        Assert.Equal("flowchart LR", mermaid[0]);
        Assert.All(mermaid[1..3], l => Assert.Matches(MermaidBox(), l));
        Assert.Equal(["  n0 -->|\"tcp/3306\"| n1", ""], mermaid[3..]);
        Assert.All(dot.Concat(mermaid), l => Assert.DoesNotContain(l.EnumerateRunes(), HostileNames.IsHostile));
    }

    [Theory]
    [InlineData("1. first", "1#46; first")]
    [InlineData("- item", "#45; item")]
    [InlineData("a\"b", "a#34;b")]
    [InlineData("a#35;b", "a#35;35#59;b")]
    [InlineData("**bold** `code`", "#42;#42;bold#42;#42; #96;code#96;")]
    [InlineData("naïve 日本", "naïve 日本")]
    public void Marks_of_Markdown_and_HTML_are_numbers_in_Mermaid(string name, string label) =>
        Assert.Contains($"n0[\"{label}<br/>", Text("mermaid", OfPairs(Estate(name, "db"))), StringComparison.Ordinal);

    [Fact]
    public void Groups_of_one_name_are_told_apart_by_their_ids()
    {
        var dot = Text("dot", OfPairs(Estate("default", "default")));
        Assert.Contains("default (sg-00000001)", dot, StringComparison.Ordinal);
        Assert.Contains("default (sg-00000002)", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrows_beyond_the_limit_are_counted()
    {
        var estate = Estate("web", "db");
        var pairs = Enumerable.Repeat(new GroupPair(EstateGenerator.GroupId(1), EstateGenerator.GroupId(2), ServiceSet.Any), 12);
        var graph = ConnectivityGraph.OfPairs(estate, pairs, mostEdges: 5);
        Assert.Equal(5, graph.Edges.Count);
        Assert.Equal(7, graph.LeftOut);
    }

    [Fact]
    public void A_list_draws_what_was_asked_about_in_the_middle_and_hops_from_where_they_start()
    {
        var model = ConnectivityModel.Of(Estate("web", "db", "log"));
        var graph = ConnectivityGraph.OfList(model, new ReachLister(model).TargetsOf(model.OfGroup(EstateGenerator.GroupId(1), "web"), hops: 2), 100);
        Assert.Equal(["web", "db", "log"], graph.Nodes.Select(n => n.Name));
        Assert.Equal([(0, 1, "tcp/3306"), (1, 2, "tcp/3306")], graph.Edges);
        var sources = ConnectivityGraph.OfList(model, new ReachLister(model).SourcesOf(model.OfGroup(EstateGenerator.GroupId(2), "db")), 100);
        Assert.Equal(["db", "web"], sources.Nodes.Select(n => n.Name));
        Assert.Equal([(1, 0, "tcp/3306")], sources.Edges);
    }

    public static TheoryData<string> Hostile() => [.. HostileNames.All.Where(n => n.Length > 0), "a\\", "\\\"", "]", "x\"]\n  n9 --> n0", "|", "-->", "%%{init: {}}%%", "click n0 href \"javascript:alert(1)\"", "end", "#quot;"];

    /// <summary>Each group lets out to the next one, which lets it in.</summary>
    private static Estate Estate(params string[] names)
    {
        var builder = new EstateBuilder();
        for (var i = 1; i <= names.Length; i++)
        {
            var rules = new List<SecurityGroupRule>();
            if (i < names.Length) rules.Add(new(Direction.Egress, Service.Tcp(3306), new GroupPeer(EstateGenerator.GroupId(i + 1))));
            if (i > 1) rules.Add(new(Direction.Ingress, Any, new GroupPeer(EstateGenerator.GroupId(i - 1))));
            builder.Add(new SecurityGroup(EstateGenerator.GroupId(i), EstateGenerator.Home) { Name = names[i - 1], Vpc = EstateGenerator.VpcA, Rules = [.. rules] });
            builder.Add(new NetworkInterface(new NetworkInterfaceId($"eni-{i:x8}"), EstateGenerator.Home) { Vpc = EstateGenerator.VpcA, Groups = [EstateGenerator.GroupId(i)], Addresses = [Address.Parse($"10.1.0.{i}")] });
        }

        return builder.Build();
    }

    private static ConnectivityGraph OfPairs(Estate estate) => ConnectivityGraph.OfPairs(estate, new GroupMatrix(ConnectivityModel.Of(estate)).Pairs(), 100);

    private static string Text(string format, ConnectivityGraph graph)
    {
        using var text = new StringWriter { NewLine = "\n" };
        GraphFormat.Find(format)!.Write(graph, text);
        return text.ToString();
    }

    // A quoted string of DOT ends at the first quote without a backslash.
    [GeneratedRegex("""^  n\d+ \[label="(?:[^"\\]|\\["\\n])*"\];$""")]
    private static partial Regex DotBox();

    [GeneratedRegex("""^  n\d+\["(?:[^"#<>&`|\[\]{}%*_~\\;]|#\d+;)+<br/>1 interface"\]$""")]
    private static partial Regex MermaidBox();
}
