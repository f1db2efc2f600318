using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Connections.Reading;
using Sallyport.Connections.Writing;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connections.Writing;

public sealed class ConnectionsWriterTests
{
    /// <summary>What YAML readers are known to take for something else, or to choke on.</summary>
    public static TheoryData<string> HostileTexts { get; } =
    [
        "yes", "NO", "on", "y", "true", "null", "~", "0x1F", "0o17", "1e3", ".5", "1_000", "12:30:45", "2026-11-21", "111122223333", "1.0", ".inf", ".NaN",
        "a: b", "a #b", "# not a comment", "- item", "? key", "! tag", "&anchor", "*alias", "%directive", "@at", "`tick", "{a: b}", "[a]", "a, b", "}", "]", "|", ">",
        "'single'", "\"double\"", "it's", "back\\slash", "line\nbreak", "carriage\rreturn", "tab\tstop", " leading", "trailing ", "\0nul", "\u0007bell", "\u001b[31mred",
        "\u0085next", "\u2028line", "\u2029para", "\ufeffbom", "\u202Eright to left", "\u00a0nbsp", "数据库", "naïve", "🦊 fox", "\ue000private", "\ufffenone", "<<", "=", "---", "...",
        "key: [unclosed", "${ENV}", "{{template}}", "a\\nb", "\"", "''", "x: y: z", "- - -", "!!python/object:os.system",
    ];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Any_text_is_read_back_as_it_was(string text)
    {
        var file = Minimal() with
        {
            Groups = [new GroupDeclaration("web", new SecurityGroupId("sg-0000000a"), null) { Owner = text }],
            Connections = [new Connection("web-to-itself", ["web"], ["web"], [Service.Tcp(443)], text) { Owner = text, CoveredBy = text }],
        };
        var read = ConnectionsReader.Read(Write(file), "connections.yaml");
        Assert.True(read.IsOk, string.Join('\n', read.Diagnostics) + Write(file));
        Assert.Equal(text, read.Value.Groups[0].Owner);
        Assert.Equal(text, read.Value.Connections[0].Reason);
        Assert.Equal(text, read.Value.Connections[0].Owner);
        Assert.Equal(text, read.Value.Connections[0].CoveredBy);
        Assert.Equal(Write(file), Write(read.Value));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    [InlineData("null")]
    [InlineData("1e3")]
    [InlineData("0x1")]
    [InlineData("2026-11-21")]
    [InlineData("1_0")]
    [InlineData("a.b")]
    public void Any_name_is_read_back_as_it_was(string name)
    {
        var file = Minimal() with
        {
            Groups = [new GroupDeclaration(name, new SecurityGroupId("sg-0000000a"), null)],
            Connections = [new Connection(name, [name], [name], [Service.Tcp(443)], "why")],
            Residuals = [new Residual(name, Direction.Ingress, name, [Service.Any])],
        };
        var read = ConnectionsReader.Read(Write(file), "connections.yaml");
        Assert.True(read.IsOk, string.Join('\n', read.Diagnostics));
        Assert.Equal(name, read.Value.Connections[0].Id);
        Assert.Equal(name, read.Value.Residuals[0].Peer);
        Assert.Equal(Write(file), Write(read.Value));
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal("\"a\uFFFDb\"", YamlScalar.Quoted("a\ud800b"));

    [Fact]
    public void Random_text_is_read_back_as_it_was()
    {
        var character = Gen.OneOf(Gen.Choose(0, 0xFF), Gen.Choose(0x100, 0xD7FF), Gen.Choose(0xE000, 0xFFFF)).Select(c => (char)c);
        var text = character.ArrayOf().Select(c => new string(c)).Where(t => t.Trim().Length > 0);
        Prop.ForAll(text.ToArbitrary(), t => Any_text_is_read_back_as_it_was(t)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Writing_what_was_read_from_an_import_gives_the_same_bytes() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var imported = Importer.Import(estate, new ImportOptions(new DateOnly(2026, 11, 21))).File;
        foreach (var file in new[] { imported, Tightener.Tighten(estate, imported).File })
        {
            var text = Write(file);
            var read = ConnectionsReader.Read(text, "connections.yaml");
            Assert.True(read.IsOk, string.Join('\n', read.Diagnostics) + text);
            Assert.Equal(text, Write(read.Value));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_section_has_the_layout_of_the_design() => Assert.Equal(
        """
        # Connections: which group may open what to whom, and why. Both sides' rules are compiled from this file.
        # A group named here is managed whole: rules that nothing below declares are revoked (see settings).
        version: 1
        scope: {accounts: ["111122223333"], regions: [eu-west-1], vpcs: [prod]}

        groups:
          db: {select: {vpc: prod, tags: {role: db}}, owner: team-data}
          eks: {sg: sg-0000000b, readOnly: true}  # managed by others: may be a peer, nothing on it is changed
          web: {sg: sg-0000000a, owner: team-web}

        externals:
          internet: {cidrs: [0.0.0.0/0, "::/0"], public: true}
          s3: {prefixList: com.amazonaws.eu-west-1.s3}

        services:
          mysql: [tcp/3306]

        connections:
          internet-to-web:
            from: internet
            to: web
            services: [tcp/80, tcp/443]
            reason: "the shop"
          web-to-db:
            from: [web, eks]
            to: db
            services: [mysql]
            reason: "orders: read path"
            owner: team-web
            sides: egress
            peerAs: group
            coveredBy: "db: ingress tcp/3306 from 10.0.0.0/8"

        # Half-rules kept exactly as they were found. Declare each as a connection or delete it here.
        residual:
          # open egress: whatever carries web may open this to the whole internet
          - {group: web, direction: egress, peer: 0.0.0.0/0, services: [any], import: 2026-11-21, review: 2027-02-19}
          # ingress of web that sg-0000000c does not answer with an egress rule
          - {group: web, direction: ingress, peer: sg-0000000c, services: [icmp/8/-1], reason: "ping"}

        tests:
          - {id: t1, must: {from: web, to: db, services: [mysql]}}
          - {id: t2, never: {from: internet, to: "*"}, layer: effective}

        exceptions:
          - {id: e1, test: t2, allow: {from: internet, to: web, services: [tcp/80, tcp/443]}, reason: "public", approvedBy: "a. person", expires: 2026-12-31}

        settings: {unmanagedRules: report, quotas: {rulesPerSg: 100}}

        """,
        Write(Everything()));

    [Fact]
    public void Every_section_is_read_back_as_it_was()
    {
        var read = ConnectionsReader.Read(Write(Everything()), "connections.yaml");
        Assert.True(read.IsOk, string.Join('\n', read.Diagnostics));
        Assert.Equal(Write(Everything()), Write(read.Value));
        Assert.Equal([Service.Tcp(3306)], read.Value.Connections[1].Services);
    }

    private static ConnectionsFile Minimal() => new()
    {
        Groups = [new GroupDeclaration("web", new SecurityGroupId("sg-0000000a"), null)],
    };

    private static ConnectionsFile Everything() => new()
    {
        Scope = new ConnectionsScope { Accounts = ["111122223333"], Regions = ["eu-west-1"], Vpcs = ["prod"] },
        Groups =
        [
            new GroupDeclaration("db", null, new GroupSelector { Vpc = "prod", Tags = Tags.Of([new("role", "db")]) }) { Owner = "team-data" },
            new GroupDeclaration("eks", new SecurityGroupId("sg-0000000b"), null) { IsReadOnly = true },
            new GroupDeclaration("web", new SecurityGroupId("sg-0000000a"), null) { Owner = "team-web" },
        ],
        Externals =
        [
            new ExternalDeclaration("internet") { Cidrs = [Cidr.AnyV4, Cidr.AnyV6], IsPublic = true },
            new ExternalDeclaration("s3") { PrefixList = "com.amazonaws.eu-west-1.s3" },
        ],
        Services = [new ServiceDeclaration("mysql", [Service.Tcp(3306)])],
        Connections =
        [
            new Connection("internet-to-web", ["internet"], ["web"], [Service.Tcp(80), Service.Tcp(443)], "the shop"),
            new Connection("web-to-db", ["web", "eks"], ["db"], [Service.Tcp(3306)], "orders: read path")
            {
                Owner = "team-web", Sides = ConnectionSides.Egress, PeerAs = PeerForm.Group, CoveredBy = "db: ingress tcp/3306 from 10.0.0.0/8",
            },
        ],
        Residuals =
        [
            new Residual("web", Direction.Egress, "0.0.0.0/0", [Service.Any]) { Imported = new DateOnly(2026, 11, 21), Review = new DateOnly(2027, 2, 19) },
            new Residual("web", Direction.Ingress, "sg-0000000c", [Service.Parse("icmp/8/-1")]) { Reason = "ping" },
        ],
        Tests =
        [
            new ConnectionTest("t1", TestKind.Must, ["web"], ["db"], [Service.Tcp(3306)]),
            new ConnectionTest("t2", TestKind.Never, ["internet"], ["*"], []) { IsEffective = true },
        ],
        Exceptions =
        [
            new TestExemption("e1", "t2", ["internet"], ["web"], [Service.Tcp(80), Service.Tcp(443)], new DateOnly(2026, 12, 31)) { Reason = "public", ApprovedBy = "a. person" },
        ],
        Settings = new ConnectionsSettings { UnmanagedRules = UnmanagedRules.Report, RulesPerGroup = 100 },
    };

    private static string Write(ConnectionsFile file)
    {
        var text = new StringWriter();
        ConnectionsWriter.Write(file, text);
        return text.ToString();
    }
}
