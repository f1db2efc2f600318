using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

/// <summary>What counts as the world, in whatever disguise; SP-EGR-01 and SP-ING-06 speak for all world rules.</summary>
public sealed class WorldTests
{
    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.0/0")] // host bits: EC2 zeroes them
    [InlineData("0.0.2.0/0")]
    [InlineData("255.255.255.255/0")]
    [InlineData("::/0")]
    [InlineData("0:0:0:0:0:0:0:0/0")]
    [InlineData("0000:0000::0000/0")]
    [InlineData("::ffff:0:0/0")] // IPv4-mapped text, but /0 of IPv6
    [InlineData("2000::/3")]
    [InlineData("2000::/2")]
    [InlineData("::/1")] // holds 2000::/3
    public void One_block_that_is_the_world(string cidr) => Audit.Fires("SP-EGR-01", $"group web\n  egress tcp/443 to {cidr}");

    [Theory]
    [InlineData("0.0.0.0/1")]
    [InlineData("128.0.0.0/1")]
    [InlineData("2000::/4")]
    [InlineData("8000::/1")] // nothing public in it
    [InlineData("::ffff:0:0/96")] // IPv4-mapped: never on the wire
    [InlineData("fc00::/7")]
    [InlineData("10.0.0.0/8")]
    [InlineData("198.51.100.0/24")]
    public void One_block_that_is_not_the_world(string cidr) => Audit.Quiet("SP-EGR-01", $"group web\n  egress tcp/443 to {cidr}");

    [Theory]
    [InlineData("0.0.0.0/1 128.0.0.0/1")]
    [InlineData("0.0.0.0/2 64.0.0.0/2 128.0.0.0/2 192.0.0.0/2")]
    [InlineData("1.0.0.0/8 2.0.0.0/7 4.0.0.0/6 8.0.0.0/5 16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/1")] // leaves out 0/8
    [InlineData("0.0.0.0/5 8.0.0.0/7 11.0.0.0/8 12.0.0.0/6 16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/1")] // leaves out 10/8
    [InlineData("0.0.0.0/1 128.0.0.0/2 192.0.0.0/3")] // leaves out multicast and reserved space
    [InlineData("2000::/4 3000::/4")]
    [InlineData("::/1 8000::/1")]
    [InlineData("2000::/5 2800::/5 3000::/5 3800::/5")]
    public void Blocks_that_are_the_world_together(string cidrs)
    {
        var rules = cidrs.Split(' ').Select(c => $"egress tcp/443 to {c}").ToArray();
        var finding = Audit.Fires("SP-EGR-01", $"group web\n  {string.Join("\n  ", rules)}");
        var needed = cidrs == "::/1 8000::/1" ? [rules[0]] : rules; // 8000::/1 adds nothing public
        Assert.Equal(needed.Order(StringComparer.Ordinal), finding.Evidence.Select(e => e.Key.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(finding.Aliases);
    }

    [Theory]
    [InlineData("0.0.0.0/1 128.0.0.0/2")]
    [InlineData("0.0.0.0/2 64.0.0.0/2 128.0.0.0/2 192.0.0.0/4 208.0.0.0/5")] // 216/5 is public and missing
    [InlineData("0.0.0.0/5 8.0.0.0/8 10.0.0.0/8 12.0.0.0/6 16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/1")] // 9/8 and 11/8 missing
    [InlineData("0.0.0.0/1 8000::/1")] // halves of two families
    [InlineData("2000::/4 3000::/5")]
    public void Blocks_that_leave_public_space_out(string cidrs) =>
        Audit.Quiet("SP-EGR-01", $"group web\n  {string.Join("\n  ", cidrs.Split(' ').Select(c => $"egress tcp/443 to {c}"))}");

    [Fact]
    public void A_union_is_the_world_only_where_its_services_meet() => Assert.Equal(
        "tcp/443",
        string.Join(", ", Audit.Of("group web\n  egress tcp/400-443 to 0.0.0.0/1\n  egress tcp/443-500 to 128.0.0.0/1").Findings
            .Single(f => f.Rule == "SP-EGR-01").Message.Split(' ').Where(w => w.StartsWith("tcp/", StringComparison.Ordinal))));

    [Fact]
    public void Blocks_of_different_services_are_never_added_up()
    {
        Audit.Quiet("SP-EGR-01", "group web\n  egress tcp/443 to 0.0.0.0/1\n  egress tcp/444 to 128.0.0.0/1");
        Audit.Quiet("SP-EGR-01", "group web\n  egress tcp/443 to 0.0.0.0/1\n  egress udp/443 to 128.0.0.0/1");
        Audit.Quiet("SP-ING-01", "group web\n  ingress any from 10.0.0.0/8\n  ingress tcp/443 from 0.0.0.0/0");
        Audit.Quiet("SP-EGR-01", "group web\n  egress tcp/443 to 0.0.0.0/1\n  ingress tcp/443 from 128.0.0.0/1");
        Audit.Quiet("SP-EGR-01", "group a\n  egress tcp/443 to 0.0.0.0/1\ngroup b\n  egress tcp/443 to 128.0.0.0/1");
    }

    [Fact]
    public void A_block_inside_another_is_no_evidence() => Audit.Fires(
        "SP-EGR-01",
        "group web\n  egress tcp/443 to 0.0.0.0/1\n  egress tcp/443 to 8.8.8.0/24\n  egress any to 128.0.0.0/1\n  egress tcp/443 to 10.0.0.0/8",
        "egress tcp/443 to 0.0.0.0/1", "egress any to 128.0.0.0/1");

    [Fact]
    public void A_whole_world_and_a_split_one_are_both_evidence_since_both_must_go() => Audit.Fires(
        "SP-EGR-01", "group web\n  egress tcp/443 to 0.0.0.0/0\n  egress tcp/443 to 0.0.0.0/1\n  egress tcp/443 to 128.0.0.0/1",
        "egress tcp/443 to 0.0.0.0/0", "egress tcp/443 to 0.0.0.0/1", "egress tcp/443 to 128.0.0.0/1");

    [Theory]
    [InlineData("list pl-x 0.0.0.0/0")]
    [InlineData("list pl-x 0.0.0.0/1 128.0.0.0/1")]
    [InlineData("list pl-x ::/0")]
    public void A_prefix_list_is_what_its_entries_are(string list)
    {
        var finding = Audit.Fires("SP-EGR-01", $"{list}\ngroup web\n  egress tcp/443 to pl-x", "egress tcp/443 to pl-x");
        Assert.Empty(finding.Aliases); // other tools look for a literal /0
    }

    [Fact]
    public void A_prefix_list_and_a_block_are_added_up() => Audit.Fires(
        "SP-EGR-01", "list pl-x 0.0.0.0/1 198.51.100.0/24\ngroup web\n  egress tcp/443 to pl-x\n  egress tcp/443 to 128.0.0.0/1",
        "egress tcp/443 to pl-x", "egress tcp/443 to 128.0.0.0/1");

    [Theory]
    [InlineData("list pl-x unread\n", "")]
    [InlineData("", "")] // not even the list's name is known
    [InlineData("list pl-x unread\n", "\n  egress tcp/22 to 10.0.0.0/8")]
    public void An_unread_prefix_list_is_unknown_never_a_pass(string list, string more) => Assert.Contains(
        "pl-x", Audit.Unknown("SP-EGR-01", $"{list}group web\n  egress tcp/443 to pl-x{more}"), StringComparison.Ordinal);

    [Fact]
    public void An_unread_prefix_list_beside_a_world_rule_leaves_the_finding_certain() =>
        Audit.Fires("SP-EGR-01", "group web\n  egress tcp/443 to pl-x\n  egress tcp/80 to 0.0.0.0/0", "egress tcp/80 to 0.0.0.0/0");

    [Fact]
    public void An_unread_prefix_list_matters_only_for_the_services_it_is_used_with()
    {
        Audit.Quiet("SP-ING-06", "group web\n  ingress tcp/443 from pl-x");
        Assert.NotEmpty(Audit.Unknown("SP-ING-06", "group web\n  ingress tcp/22 from pl-x"));
        Audit.Quiet("SP-EGR-01", "group web\n  egress icmp to pl-x");
        Audit.Quiet("SP-ING-01", "group web\n  ingress tcp/22 from pl-x");
        Assert.NotEmpty(Audit.Unknown("SP-ING-01", "group web\n  ingress any from pl-x"));
    }

    [Fact]
    public void Families_are_named_and_a_closed_one_does_not_hide_an_open_one()
    {
        Assert.Contains("IPv6 Internet", Audit.Fires("SP-EGR-01", "group web\n  egress tcp/443 to 10.0.0.0/8\n  egress tcp/443 to ::/0").Message, StringComparison.Ordinal);
        Assert.Contains("IPv4 and IPv6 Internet", Audit.Fires("SP-EGR-01", "group web\n  egress tcp/443 to 0.0.0.0/0\n  egress tcp/443 to ::/0").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nat64_prefix_reaches_IPv4_when_a_route_leads_there()
    {
        const string Group = "group web\n  egress tcp/443 to 64:ff9b::/96\n";
        Audit.Quiet("SP-EGR-01", Group);
        Audit.Quiet("SP-EGR-01", Group + "route subnet-a 64:ff9b::/96 igw-1");
        Assert.Contains("IPv4", Audit.Fires("SP-EGR-01", Group + "route subnet-a 64:ff9b::/96 nat-1").Message, StringComparison.Ordinal);
        Assert.Contains("NAT64", Audit.Unknown("SP-EGR-01", Group + "gap RouteTables"), StringComparison.Ordinal);
        Audit.Fires(
            "SP-EGR-01", "group web\n  egress tcp/443 to 64:ff9b::/97\n  egress tcp/443 to 128.0.0.0/1\nroute subnet-a 64:ff9b::/96 nat-1",
            "egress tcp/443 to 64:ff9b::/97", "egress tcp/443 to 128.0.0.0/1");
        Audit.Quiet("SP-EGR-01", "group web\n  egress tcp/443 to 64:ff9b::808:808/128\nroute subnet-a 64:ff9b::/96 nat-1");
    }

    [Theory]
    [InlineData("100.64.0.0/10")]
    [InlineData("169.254.0.0/16")]
    [InlineData("198.18.0.0/15")]
    [InlineData("203.0.113.0/24")]
    [InlineData("224.0.0.0/4")]
    [InlineData("240.0.0.0/4")]
    [InlineData("255.255.255.255/32")]
    [InlineData("fc00::/7")]
    [InlineData("fe80::/10")]
    [InlineData("::ffff:0:0/96")]
    [InlineData("64:ff9b::/96")]
    [InlineData("2001:db8::/32")]
    [InlineData("4000::/3")]
    public void Special_purpose_space_is_not_public(string cidr) =>
        Assert.False(PublicSpace.Of(Cidr.Parse(cidr).Family).Overlaps(AddressSet.Of(Cidr.Parse(cidr))));

    [Theory]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2600::1")]
    [InlineData("2a00::1")]
    public void The_neighbours_of_special_purpose_space_are_public(string address) =>
        Assert.True(PublicSpace.Of(Address.Parse(address).Family).Contains(Address.Parse(address)));

    [Fact]
    public void The_registry_leaves_3_702_million_public_IPv4_addresses() =>
        Assert.Equal("3702257664", PublicSpace.Of(IpFamily.V4).Count.ToString());

    [Fact]
    public void An_override_of_the_warning_share_is_obeyed()
    {
        var options = new AuditOptions { Parameters = ParameterValues.Defaults.With(AuditParameters.NearWorldWarning, 0.9) };
        Audit.Quiet("SP-ING-03", "group web\n  ingress tcp/443 from 0.0.0.0/1", options);
    }

    [Fact]
    public void Quarters_beneath_halves_are_evidence_too_since_they_would_be_the_world_once_more()
    {
        Audit.Fires(
            "SP-EGR-01", "group web\n  egress tcp/443-444 to 0.0.0.0/1\n  egress tcp/443 to 0.0.0.0/2\n  egress tcp/443 to 64.0.0.0/2\n  egress tcp/443 to 128.0.0.0/1\n  egress tcp/442-443 to 128.0.0.0/2\n  egress tcp/443 to 192.0.0.0/2",
            "egress tcp/443-444 to 0.0.0.0/1", "egress tcp/443 to 0.0.0.0/2", "egress tcp/443 to 64.0.0.0/2", "egress tcp/443 to 128.0.0.0/1", "egress tcp/442-443 to 128.0.0.0/2", "egress tcp/443 to 192.0.0.0/2");
        Audit.Fires(
            "SP-EGR-01", "group web\n  egress tcp/443 to 0.0.0.0/1\n  egress tcp/443 to 0.0.0.0/2\n  egress tcp/443 to 64.0.0.0/2\n  egress tcp/443 to 128.0.0.0/1",
            "egress tcp/443 to 0.0.0.0/1", "egress tcp/443 to 128.0.0.0/1");
    }
}
