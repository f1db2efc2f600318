using System.Reflection;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Tests.Connections.Reading;

public sealed class ConnectionsReaderTests
{
    private const string Head = """
        version: 1
        groups:
          web: {sg: sg-0000000a}
          db: {sg: sg-0000000b}
        externals:
          office: {cidrs: [198.51.100.0/24]}

        """;

    /// <summary>Text that follows <see cref="Head"/> (eight lines with the blank one), and what it must say.</summary>
    public static TheoryData<string, string> Mistakes => new()
    {
        { "connections: {c: {from: web, to: db, services: [tcp/1], reason: }}", "7:15 SPD1029" },
        { "connections: {c: {from: web, to: db, services: tcp/1, reason: [x]}}", "7:63 SPD1012" },
        { "connections: {c: {from: web, to: db, services: {a: b}, reason: x}}", "7:48 SPD1012,7:48 SPD1026" },
        { "connections: {c: {from: web, to: db, reason: x}}", "7:15 SPD1026" },
        { "connections: {c: {from: [], to: db, services: [any], reason: x}}", "7:25 SPD1013" },
        { "connections: {c: {from: internet, to: db, services: [any], reason: x}}", "7:25 SPD1033" },
        { "connections: {c: {from: Web, to: db, services: [any], reason: x}}", "7:25 SPD1004" },
        { "connections: {c: {from: web, to: db, services: [TCP], reason: x}}", "7:49 SPD1027" },
        { "connections: {c: {from: web, to: db, services: [icmp/8/0/1], reason: x}}", "7:49 SPD1027" },
        { "connections: {c: {from: web, to: db, services: [tcp/90-80], reason: x}}", "7:49 SPD1027" },
        { "connections: {c: {from: office, to: web, services: [any], reason: x, sides: egress}}", "7:77 SPD1032" },
        { "connections: {c: {from: web, to: office, services: [any], reason: x, sides: ingress}}", "7:77 SPD1032" },
        { "connections: {c: {from: office, to: office, services: [any], reason: x}}", "7:15 SPD1031" },
        { "connections: [a]", "7:14 SPD1012" },
        { "connections: {-c: {from: web, to: db, services: [any], reason: x}}", "7:15 SPD1014" },
        { "conections: {}", "7:1 SPD1003" },
        { "version: 1", "7:1 SPD1005" },
        { "scope: {accounts: [12345]}", "7:20 SPD1017" },
        { "settings: {maxWiden: all}", "7:22 SPD1017" },
        { "settings: {quotas: {rulesPerSg: 100001}}", "7:33 SPD1019" },
        { "settings: {quotas: {rulesPerSg: -1}}", "7:33 SPD1019" },
        { "residual: [{group: office, direction: egress, peer: web, services: [any]}]", "7:20 SPD1004" },
        { "residual: [{group: web, direction: egress, peer: 10.0.0.1/8, services: [any]}]", "7:50 SPD1023" },
        { "residual: [{group: web, direction: egress, peer: web, services: [any], review: 2026-02-30}]", "7:80 SPD1018" },
        { "tests: {t: 1}", "7:8 SPD1012" },
        { "tests: [{id: t, must: {from: \"*\", to: web, services: []}}]", "7:54 SPD1026" },
        { "tests: [{id: t, never: {to: web}}]", "7:24 SPD1035" },
        { "tests: [{id: t, never: {from: web, to: web}, layer: nacl}]", "7:53 SPD1017" },
        { "exceptions: [{id: e, test: t, allow: {from: web, to: db}, reason: x, expires: soon}]", "7:28 SPD1037,7:79 SPD1018" },
        { "services: {ICMP: [icmp]}", "7:12 SPD1016" },
        { "services: {a: [tcp/1], b: [a]}", "7:28 SPD1028" },
        { "a: &x [*x]", "7:1 SPD1003,7:8 SPD1007" },
        { "services: {a: !env X}", "7:15 SPD1008,7:15 SPD1028" },
        { "services: {a: [tcp/1}", "7:21 SPD1001" },
        { "services: {a: [tcp/1]}\n---\nx: 1", "8:1 SPD1008" },
        { "? [a, b]\n: c", "7:3 SPD1012" },
        { "services:\n\ta: b", "8:1 SPD1001" },
        { "services:\n  a: icmp\n  \tb: icmp", "9:3 SPD1001" },
        { "services: {a: icmp} #\0\nx: 1", "7:22 SPD1008" },
        { "services:\n  a: \u001b[31mred", "8:6 SPD1008" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_said_with_its_code_and_place(string text, string expected)
    {
        var result = ConnectionsReader.Read(Head + text, "c.yaml");
        Assert.Null(result.Value);
        Assert.Equal(expected, string.Join(",", result.Diagnostics.Select(d => $"{d.At!.Line}:{d.At.Column} {d.Code}")));
        Assert.All(result.Diagnostics, d => Assert.True(d.Message.EndsWith('.') || d.Message.EndsWith('?'), d.Message));
    }

    [Fact]
    public void A_good_file_is_bound_with_everything_it_says()
    {
        var file = ConnectionsReader.Read(Head + """
            services: {mysql: [tcp/3306, tcp/3307]}
            connections:
              web-to-db:
                from: web
                to: [db, web]
                services: [mysql, udp/53, tcp/3306]
                reason: reads
                owner: team
                sides: egress
                peerAs: cidr
                coveredBy: any from 10.0.0.0/8
            residual:
              - {group: web, direction: ingress, peer: sg-0000000f, services: any, import: 2026-11-21, review: 2027-02-01, reason: old}
            tests:
              - {id: t1, only: {to: db, services: [mysql], from: []}, layer: effective}
            exceptions:
              - {id: e1, test: t1, allow: {from: office, to: db}, reason: why, approvedBy: me, expires: 2026-12-31}
            settings: {unmanagedRules: report, quotas: {rulesPerSg: 100}}
            """, "c.yaml");
        Assert.Empty(file.Diagnostics);
        var connection = Assert.Single(file.Value!.Connections);
        Assert.Equal(["web"], connection.From);
        Assert.Equal(["db", "web"], connection.To);
        Assert.Equal([Service.Tcp(3306), Service.Tcp(3307), Service.Udp(53)], connection.Services);
        Assert.Equal((ConnectionSides.Egress, PeerForm.Cidr, "team", "any from 10.0.0.0/8", "reads"), (connection.Sides, connection.PeerAs, connection.Owner, connection.CoveredBy, connection.Reason));
        Assert.Equal(new SourceSpan("c.yaml", 9, 3), connection.At);
        var residual = Assert.Single(file.Value.Residuals);
        Assert.Equal((Direction.Ingress, "sg-0000000f", new DateOnly(2026, 11, 21), new DateOnly(2027, 2, 1), "old"), (residual.Direction, residual.Peer, residual.Imported, residual.Review, residual.Reason));
        var test = Assert.Single(file.Value.Tests);
        Assert.Equal((TestKind.Only, true, 0), (test.Kind, test.IsEffective, test.From.Length));
        Assert.Equal(new DateOnly(2026, 12, 31), Assert.Single(file.Value.Exceptions).Expires);
        Assert.Equal((UnmanagedRules.Report, 100, "none"), (file.Value.Settings.UnmanagedRules, file.Value.Settings.RulesPerGroup, file.Value.Settings.MaxWiden));
    }

    [Theory]
    [InlineData("", "SPD1009")]
    [InlineData("# nothing", "SPD1009")]
    [InlineData("~", "SPD1009")]
    [InlineData("\uFEFF", "SPD1009")]
    [InlineData("just text", "SPD1012")]
    [InlineData("- a", "SPD1012")]
    [InlineData("{}", "SPD1010")]
    [InlineData("version: \"1.0\"", "SPD1011")]
    [InlineData("version: [1]", "SPD1012")]
    [InlineData("a: 'open", "SPD1001")]
    [InlineData("%FOO\n---\nversion: 1", "")]
    [InlineData("\uFEFFversion: 1", "")]
    [InlineData("version: 1\r\ngroups:\r\n", "")]
    public void The_top_of_a_file_is_judged(string text, string code)
    {
        var result = ConnectionsReader.Read(new StringReader(text), "c.yaml");
        Assert.Equal(code, string.Join(",", result.Diagnostics.Select(d => d.Code)));
        Assert.Equal(code.Length == 0, result.Value is not null);
    }

    [Fact]
    public void A_group_id_that_EC2_never_gives_is_a_warning_with_the_known_code()
    {
        var result = ConnectionsReader.Read("version: 1\ngroups: {a: {sg: sg-0aaa}, b: {sg: sg-0000000A}, c: {sg: sg-00000001}, d: {sg: sg-0123456789abcdef0}}", "c.yaml");
        Assert.NotNull(result.Value);
        Assert.Equal([ConnectionsDiagnostics.MalformedGroupIdCode, ConnectionsDiagnostics.MalformedGroupIdCode], result.Diagnostics.Select(d => d.Code));
        Assert.All(result.Diagnostics, d => Assert.Equal(Severity.Warning, d.Severity));
    }

    [Fact]
    public void Anchors_and_aliases_are_expanded()
    {
        var file = ConnectionsReader.Read(Head + """
            connections:
              a: {from: web, to: db, services: &s [tcp/1, udp/2], reason: x}
              b: {from: web, to: db, services: *s, reason: y}
            """, "c.yaml");
        Assert.Empty(file.Diagnostics);
        Assert.Equal(file.Value!.Connections[0].Services, file.Value.Connections[1].Services);
    }

    [Fact]
    public void Bombs_end_in_a_diagnostic()
    {
        var aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 30).Select(n => $"a{n}: &a{n} [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", 10))}]\n"));
        Assert.Equal(["SPD1002"], Codes(aliases));
        Assert.Equal(["SPD1002"], Codes(new string('[', 100_000)));
        Assert.Equal(["SPD1002"], Codes(string.Concat(Enumerable.Range(0, 5000).Select(n => $"{new string(' ', n)}a:\n"))));
        Assert.Equal(["SPD1002"], Codes(new string('{', 1_000_000)));
        Assert.Equal(["SPD1002"], Codes($"a: {new string('x', SyntaxReader.MaxLength)}"));
        Assert.Contains("SPD1003", Codes($"{new string('k', 1000)}: {new string('x', 1_000_000)}"));
        Assert.Contains("SPD1099", Codes(string.Concat(Enumerable.Range(0, 20_000).Select(n => $"k{n}: 1\n"))));

        static IEnumerable<string> Codes(string yaml) => ConnectionsReader.Read(yaml, "c.yaml").Diagnostics.Select(d => d.Code);
    }

    [Fact]
    public void Every_code_is_its_own_and_has_a_page_entry()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "SPD1xxx.md"));
        var codes = new[] { typeof(YamlDiagnostics), typeof(ConnectionsDiagnostics) }.SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(m => m.ReturnType == typeof(Diagnostic)).Select(m => (m.Name, ((Diagnostic)m.Invoke(null, [.. m.GetParameters().Select(Argument)])!).Code)).ToList();
        Assert.Equal(codes.Count, codes.Select(c => c.Code).Distinct().Count());
        Assert.All(codes, c => Assert.Contains($"## {c.Code} ", page, StringComparison.Ordinal));
        Assert.Equal(codes.Count, page.Split("\n## SPD1").Length - 1);

        static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
        {
            var t when t == typeof(string) => parameter.Name == "text" ? "10.0.0.1/8" : "x",
            var t when t == typeof(SourceSpan) => new SourceSpan("f", 1, 1),
            var t when t == typeof(IEnumerable<string>) => new[] { "x" },
            var t => Activator.CreateInstance(t),
        };
    }
}
