using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing.Rules.NetworkAcls;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

public sealed class BlockedConnectionTests
{
    private const string Rule = "SP-NACL-08";

    private static string Estate(string acls, string connection = "{from: web, to: db, services: [tcp/5432], reason: orders}", string more = "") => $$"""
        vpc vpc-a 10.1.0.0/16
        subnet subnet-a 10.1.0.0/24
        subnet subnet-b 10.1.1.0/24
        route subnet-a 10.1.0.0/16 local
        route subnet-b 10.1.0.0/16 local
        {{acls}}
        group web
          egress any to db
        group db
          ingress any from web
        interface eni-1 web 10.1.0.5 in subnet-a
        interface eni-2 db 10.1.1.5 in subnet-b
        {{more}}
        connections
        version: 1
        groups:
          web: {sg: sg-web}
          db: {sg: sg-db}
        externals:
          office: {cidrs: [198.51.100.0/24]}
        connections:
          c: {{connection}}
        """;

    private const string Open = "acl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\n";

    [Theory]
    [InlineData("acl subnet-b allow ingress tcp/443 10.1.0.0/16\nacl subnet-b allow egress any 0.0.0.0/0", "stops packets from 10.1.0.5")]
    [InlineData("acl subnet-b deny ingress tcp/5432 10.1.0.5/32\nacl subnet-b allow ingress any 0.0.0.0/0\nacl subnet-b allow egress any 0.0.0.0/0", "stops packets from 10.1.0.5")]
    [InlineData("acl subnet-b allow ingress any 0.0.0.0/0\nacl subnet-b allow egress tcp/443 0.0.0.0/0", "stops the answer to 10.1.0.5")]
    [InlineData("acl subnet-b allow ingress any 0.0.0.0/0\nacl subnet-b allow egress tcp/32768-60999 0.0.0.0/0", "to part of the ephemeral ports only")]
    public void An_acl_that_stops_the_connection_or_its_answers(string acl, string words)
    {
        var finding = Audit.Fires(Rule, Estate(Open + acl));
        Assert.Equal("acl-subnet-b", finding.Resource.Id);
        Assert.Contains("c (tcp/5432)", finding.Message, StringComparison.Ordinal);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal("connections.yaml", finding.Location?.File);
    }

    [Theory]
    [InlineData("acl subnet-b allow ingress tcp/5432 10.1.0.0/24\nacl subnet-b allow egress tcp/1024-65535 10.1.0.0/24")]
    [InlineData("acl subnet-b allow ingress any 0.0.0.0/0\nacl subnet-b allow egress any 0.0.0.0/0\nacl subnet-b deny ingress tcp/5432 0.0.0.0/0")]
    public void Acls_that_let_it_through_there_and_back(string acl) => Audit.Quiet(Rule, Estate(Open + acl));

    [Fact]
    public void The_sources_own_acl_counts_as_well() =>
        Assert.Equal("acl-subnet-a", Audit.Fires(Rule, Estate("acl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress tcp/443 0.0.0.0/0\nacl subnet-b allow ingress any 0.0.0.0/0\nacl subnet-b allow egress any 0.0.0.0/0")).Resource.Id);

    [Fact]
    public void Inside_one_subnet_no_acl_is_crossed() => Audit.Quiet(Rule, Estate(
        "acl subnet-a deny ingress any 0.0.0.0/0\nacl subnet-b allow ingress any 0.0.0.0/0\nacl subnet-b allow egress any 0.0.0.0/0",
        "{from: db, to: db, services: [tcp/5432], reason: replicas}", "interface eni-3 db 10.1.1.6 in subnet-b"));

    [Fact]
    public void A_group_that_talks_to_itself_over_two_subnets_crosses_acls() => Audit.Fires(Rule, Estate(
        $"{Open}acl subnet-b allow ingress tcp/443 0.0.0.0/0\nacl subnet-b allow egress any 0.0.0.0/0",
        "{from: db, to: db, services: [tcp/5432], reason: replicas}", "interface eni-3 db 10.1.0.9 in subnet-a"));

    [Fact]
    public void An_acl_that_was_not_read_is_unknown()
    {
        Assert.Contains("network ACL", Audit.Unknown(Rule, Estate("gap NetworkAcls")), StringComparison.Ordinal);
        Assert.Contains(Audit.Of(Estate($"{Open}gap NetworkInterfaces")).Unknown, u => u.Rule == Rule && u.Gap.StartsWith("interfaces of", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_connections_file_it_is_not_assessed() =>
        Assert.Contains(Audit.Of("group web").NotAssessed, n => n.Rule.Code == Rule);

    [Fact]
    public void A_group_of_the_file_that_the_estate_lacks_is_unknown() =>
        Assert.Contains("sg-db", Audit.Unknown(Rule, Estate(Open).Replace("group db\n  ingress any from web\n", "", StringComparison.Ordinal).Replace("interface eni-2 db 10.1.1.5 in subnet-b", "", StringComparison.Ordinal)), StringComparison.Ordinal);

    // Random ACLs over members in three subnets: the samples must stop exactly what all pairs together stop.
    private static readonly Gen<string> AclText =
        from count in Gen.Choose(1, 5)
        from subnets in Gen.Elements("subnet-a", "subnet-b", "subnet-c").ArrayOf(count)
        from actions in Gen.Elements("allow", "deny").ArrayOf(count)
        from directions in Gen.Elements("ingress", "egress").ArrayOf(count)
        from services in Gen.Elements("any", "tcp/5432", "tcp/1024-65535", "tcp/22-9999").ArrayOf(count)
        from blocks in Gen.Elements("0.0.0.0/0", "10.1.0.0/28", "10.1.0.5/32", "10.1.1.0/25", "10.1.2.128/25", "198.51.100.128/25").ArrayOf(count)
        select string.Join("\n", Enumerable.Range(0, count).Select(i => $"acl {subnets[i]} {actions[i]} {directions[i]} {services[i]} {blocks[i]}")
            .Concat(new[] { "a", "b", "c" }.SelectMany(s => new[] { $"acl subnet-{s} allow ingress any 0.0.0.0/0 number 900", $"acl subnet-{s} allow egress any 0.0.0.0/0 number 901" })));

    [Fact]
    public void Samples_stop_what_all_pairs_stop() => Prop.ForAll(AclText.ToArbitrary(), acls =>
    {
        var members = string.Join("\n", Enumerable.Range(0, 24).Select(i => $"interface eni-{EstateText.Number(i)} {(i % 2 == 0 ? "web" : "web,db")} 10.1.{i % 3}.{(i * 37 % 250) + 4} in subnet-{"abc"[i % 3]}"));
        var estate = EstateText.Read($"""
            vpc vpc-a 10.1.0.0/16
            subnet subnet-a 10.1.0.0/24
            subnet subnet-b 10.1.1.0/24
            subnet subnet-c 10.1.2.0/24
            route subnet-a 10.1.0.0/16 local
            route subnet-b 10.1.0.0/16 local
            route subnet-c 10.1.0.0/16 local
            {acls}
            group web
            group db
            {members}
            """);
        var model = ConnectivityModel.Of(estate);
        var (web, db) = (model.OfGroup(new SecurityGroupId("sg-web")), model.OfGroup(new SecurityGroupId("sg-db")));
        var sampled = new PathSamples(model).Between(web, db)!;
        var all = web.Places.SelectMany(a => db.Places.Where(b => b.Nic != a.Nic).Select(b => (model.EndpointOf(a), model.EndpointOf(b)))).ToList();
        Assert.Equal(Stopped(all), Stopped(sampled));
        Assert.True(sampled.Count <= all.Count);

        var outside = model.OfBlocks("office", [Cidr.Parse("198.51.100.0/24")]);
        var pieces = new PathSamples(model).Between(outside, db)!;
        var every = Enumerable.Range(0, 256).SelectMany(i => db.Places.Select(b => (Endpoint.Outside(new Address(IpFamily.V4, Cidr.Parse("198.51.100.0/24").Bits + (AddressNumber)i)), model.EndpointOf(b))));
        Assert.Equal(Stopped(every), Stopped(pieces));

        string Stopped(IEnumerable<(Endpoint From, Endpoint To)> pairs)
        {
            var stopped = ServiceSet.Empty;
            var partly = ServiceSet.Empty;
            foreach (var (from, to) in pairs)
            {
                var path = model.PathBetween(from, to, isToPrivateAddress: false);
                stopped = stopped.Union(path.Nacl.Possible.Complement());
                partly = partly.Union(path.PartlyAnswered);
            }

            return $"{stopped} / {partly.Subtract(stopped)}";
        }
    }).QuickCheckThrowOnFailure();
}
