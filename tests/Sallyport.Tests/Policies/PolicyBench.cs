using Sallyport.Connections;
using Sallyport.Connections.Reading;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Policies;
using Sallyport.Tests.Generators;
using TestResult = Sallyport.Policies.TestResult;

namespace Sallyport.Tests.Policies;

/// <summary>
/// Small estates and their tests as text. A line of an estate is <c>web egress tcp/443 db</c> (a group's name, block or <c>pl-…</c>),
/// <c>nic web+db 10.1.1.4</c>, or <c>unread interfaces</c>. The groups web, db and spare are always there.
/// </summary>
internal static class PolicyBench
{
    public static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly Dictionary<string, SecurityGroupId> Ids = new()
    {
        ["web"] = new("sg-0000000a"),
        ["db"] = new("sg-0000000b"),
        ["spare"] = new("sg-0000000c"),
    };

    public static Estate Estate(string text)
    {
        var builder = new EstateBuilder()
            .Add(new Vpc(EstateGenerator.VpcA, EstateGenerator.Home) { Cidrs = [Cidr.Parse("10.1.0.0/16")], Tags = Tags.None.With("Name", "prod") })
            .Add(new PrefixList(EstateGenerator.ListV4, EstateGenerator.Home) { Name = "offices", Entries = [new(Cidr.Parse("203.0.113.0/24"), "")] })
            .Add(new PrefixList(EstateGenerator.UnreadList, EstateGenerator.Home) { Name = "hidden" })
            .MarkCollected(GapKind.NetworkInterfaces).MarkCollected(GapKind.Peerings);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(' ')).ToList();
        foreach (var (name, id) in Ids)
        {
            builder.Add(new SecurityGroup(id, EstateGenerator.Home) { Name = name, Vpc = EstateGenerator.VpcA, Rules = [.. lines.Where(l => l[0] == name).Select(Rule)] });
        }

        foreach (var (line, n) in lines.Select((l, n) => (l, n)))
        {
            if (line[0] == "nic") builder.Add(Nic(n, line[1], line[2]));
            else if (line[0] == "unread") builder.Add(new EstateGap(GapKind.NetworkInterfaces, EstateGenerator.Home.ToString(), "refused", IsReadFailure: true));
            else Assert.Contains(line[0], Ids.Keys);
        }

        return builder.Build();
    }

    public static ConnectionsFile File(string tests, string exceptions = "")
    {
        var result = ConnectionsReader.Read(
            new StringReader($$$"""
            version: 1
            groups: {web: {sg: sg-0000000a}, db: {sg: sg-0000000b}, spare: {sg: sg-0000000c}, both: {select: {vpc: prod} } }
            externals:
              internet: {cidrs: [0.0.0.0/0, "::/0"], public: true}
              office: {cidrs: [203.0.113.0/24]}
              net: {cidrs: [10.0.0.0/8]}
              resolver: {cidrs: [10.1.0.2/32]}
              offices: {prefixList: offices}
              hidden: {prefixList: hidden}
            services: {mysql: [tcp/3306]}
            connections: {}
            tests: [{{{tests}}}]
            exceptions: [{{{exceptions}}}]
            """),
            "connections.yaml");
        Assert.True(result.IsOk, string.Join("\n", result.Diagnostics));
        return result.Value;
    }

    /// <summary>Runs the one test of a file.</summary>
    public static TestResult Run(string estate, string test, string exceptions = "", DateOnly? today = null)
    {
        var read = Estate(estate);
        var bound = PolicyBinder.Bind(File(test, exceptions), read);
        Assert.True(bound.IsOk, string.Join("\n", bound.Diagnostics));
        return Assert.Single(new TestRunner(ConnectivityModel.Of(read), today ?? Today).Run(bound.Value).Results);
    }

    private static SecurityGroupRule Rule(string[] line, int n) =>
        new(line[1] == "egress" ? Direction.Egress : Direction.Ingress, Service.Parse(line[2]), PeerOf(line[3])) { Id = new SecurityGroupRuleId($"sgr-{n:x8}") };

    private static Peer PeerOf(string text) =>
        Ids.TryGetValue(text, out var id) ? new GroupPeer(id) : text.StartsWith("pl-", StringComparison.Ordinal) ? new PrefixListPeer(new PrefixListId(text)) : new CidrPeer(Cidr.Parse(text));

    private static NetworkInterface Nic(int n, string groups, string address) => new(new NetworkInterfaceId($"eni-{n:x8}"), EstateGenerator.Home)
    {
        Vpc = EstateGenerator.VpcA,
        Addresses = [.. address.Split(',').Select(Address.Parse)],
        Groups = [.. groups.Split('+').Where(g => g != "-").Select(g => Ids[g]).Order()],
    };
}
