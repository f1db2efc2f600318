namespace Sallyport.Tests.Auditing;

/// <summary>SP-PAIR-05 and SP-PAIR-06: rules written for answers, which need none.</summary>
public sealed class StatefulPairRuleTests
{
    private const string Mutual =
        "group web\n  egress tcp/3306 to db\n  ingress tcp/3306 from db\ngroup db\n  ingress tcp/3306 from web\n  egress tcp/3306 to web\n";

    [Fact]
    public void Each_end_of_a_mutual_pair_is_told_of_its_own_egress_rule() => Assert.Equal(
        ["sg-db egress tcp/3306 to sg-web", "sg-web egress tcp/3306 to sg-db"],
        Audit.Findings("SP-PAIR-05", Mutual).Select(f => $"{f.Resource.Id} {Assert.Single(f.Evidence).Key}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("egress tcp/3300-3310 to db", "ingress any from db", "ingress tcp/3306 from web", "egress tcp/1-4000 to web", "tcp/3306")]
    [InlineData("egress any to db", "ingress any from db", "ingress any from web", "egress any to web", "any")]
    [InlineData("egress tcp/1-10 to db", "ingress tcp/5-20 from db", "ingress tcp/1-8 from web", "egress tcp/6-30 to web", "tcp/6-8")]
    public void What_is_common_to_all_four_rules_is_named(string a, string b, string c, string d, string services)
    {
        var estate = $"group web\n  {a}\n  {b}\ngroup db\n  {c}\n  {d}";
        var finding = Assert.Single(Audit.Findings("SP-PAIR-05", estate), f => f.Resource.Id == "sg-web");
        Assert.Equal($"sg-web and sg-db (db) may each open {services} to the other; answers need no rule.", finding.Message);
    }

    [Theory]
    [InlineData("egress tcp/3306 to db", "ingress tcp/8080 from db", "ingress tcp/3306 from web", "egress tcp/8080 to web")] // two connections
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from db", "ingress tcp/3306 from web", "egress tcp/22 to web")] // the way back lacks a half
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from db", "ingress tcp/22 from web", "egress tcp/3306 to web")]
    [InlineData("egress tcp/3306 to db", "ingress udp/3306 from db", "ingress tcp/3306 from web", "egress udp/3306 to web")]
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from 10.0.0.0/8", "ingress tcp/3306 from web", "egress tcp/3306 to 10.0.0.0/8")]
    [InlineData("egress tcp/3306 to db dead", "ingress tcp/3306 from db", "ingress tcp/3306 from web", "egress tcp/3306 to web")]
    public void Anything_less_is_no_mutual_pair(string a, string b, string c, string d) =>
        Audit.Quiet("SP-PAIR-05", $"group web\n  {a}\n  {b}\ngroup db in vpc-b\n  {c}\n  {d}");

    [Fact]
    public void A_group_with_itself_is_no_pair() => Audit.Quiet("SP-PAIR-05", "group web\n  egress any to web\n  ingress any from web");

    [Theory]
    [InlineData("{web-db: {from: web, to: db, services: [tcp/3306], reason: a}, db-web: {from: db, to: web, services: [tcp/3306], reason: b}}", 0)]
    [InlineData("{web-db: {from: web, to: db, services: [tcp/3306], reason: a}}", 2)]
    public void A_file_that_declares_both_directions_means_them(string connections, int findings) => Assert.Equal(
        findings, Audit.Findings("SP-PAIR-05", $"{Mutual}connections\nversion: 1\ngroups: {{web: {{sg: sg-web}}, db: {{sg: sg-db}}}}\nconnections: {connections}\n").Count);

    [Fact]
    public void A_far_group_that_was_not_read_is_unknown_only_where_it_matters()
    {
        Assert.Contains("group sg-db is not in the estate", Audit.Unknown("SP-PAIR-05", "group web\n  egress tcp/1 to db\n  ingress tcp/1 from db"), StringComparison.Ordinal);
        Audit.Quiet("SP-PAIR-05", "group web\n  egress tcp/1 to db\n  ingress tcp/2 from db");
    }

    [Fact]
    public void Malformed_rules_of_the_far_group_may_be_the_missing_half() => Assert.Contains(
        "rules of group sg-db are missing",
        Audit.Unknown("SP-PAIR-05", "group web\n  egress tcp/1 to db\n  ingress tcp/1 from db\ngroup db\n  malformed egress \"what\""), StringComparison.Ordinal);

    [Theory]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/1024-65535 from 0.0.0.0/0", true)]
    [InlineData("egress any to 0.0.0.0/0", "ingress tcp/1024-65535 from 0.0.0.0/0", true)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/32768-60999 from 0.0.0.0/0", true)]
    [InlineData("egress udp/53 to 10.0.0.0/24", "ingress udp/1024-65535 from 10.0.0.0/24", true)]
    [InlineData("egress tcp/443 to db", "ingress tcp/1024-65535 from db", true)]
    [InlineData("egress tcp/8443 to db", "ingress tcp/1024-65535 from db", true)]
    [InlineData("egress tcp/443 to pl-x", "ingress tcp/1024-65535 from pl-x", true)]
    [InlineData("egress tcp/443 to pl-unread", "ingress tcp/1024-65535 from pl-unread", true)]
    [InlineData("egress tcp/443 to 10.7.0.0/16", "ingress tcp/1024-65535 from pl-x", true)] // the list is that block
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/1024-65535 from ::/0", false)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/1023-65535 from 0.0.0.0/0", false)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/1025-65535 from 0.0.0.0/0", false)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/1024-65534 from 0.0.0.0/0", false)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/32768-61000 from 0.0.0.0/0", false)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress udp/1024-65535 from 0.0.0.0/0", false)] // other protocol
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress any from 0.0.0.0/0", false)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "ingress tcp/1024-65535 from 10.0.0.0/8", false)] // another peer
    [InlineData("egress tcp/1024-65535 to db", "ingress tcp/1024-65535 from db", false)] // both open high ports to each other
    [InlineData("", "ingress tcp/1024-65535 from 0.0.0.0/0", false)]
    [InlineData("egress tcp/443 to db", "ingress tcp/1024-65535 from web", false)]
    public void Ephemeral_ports_from_the_peer_of_an_egress_rule(string egress, string ingress, bool fires)
    {
        var estate = $"list pl-x 10.7.0.0/16\nlist pl-unread unread\ngroup web\n  {ingress}\n{(egress.Length > 0 ? $"  {egress}\n" : "")}group db";
        if (fires) Assert.StartsWith(ingress.Split(' ')[1], Audit.Fires("SP-PAIR-06", estate).Evidence.Single().Service.ToString(), StringComparison.Ordinal);
        else Audit.Quiet("SP-PAIR-06", estate);
    }

    [Fact]
    public void Only_the_ingress_rule_is_the_evidence() => Audit.Fires(
        "SP-PAIR-06", "group web\n  egress tcp/443 to 0.0.0.0/0\n  egress tcp/80 to 0.0.0.0/0\n  ingress tcp/22 from 0.0.0.0/0\n  ingress tcp/1024-65535 from 0.0.0.0/0",
        "ingress tcp/1024-65535 from 0.0.0.0/0");

    [Fact]
    public void A_list_that_was_not_read_may_be_the_peer() => Assert.Contains(
        "pl-unread", Audit.Unknown("SP-PAIR-06", "list pl-unread unread\ngroup web\n  egress tcp/443 to pl-unread\n  ingress tcp/1024-65535 from 10.0.0.0/8"), StringComparison.Ordinal);
}
