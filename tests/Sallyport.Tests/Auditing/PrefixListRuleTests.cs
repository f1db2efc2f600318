using Sallyport.Auditing;

namespace Sallyport.Tests.Auditing;

public sealed class PrefixListRuleTests
{
    private const string Web = "group web\n  ingress tcp/22 from pl-1\n";

    [Fact]
    public void A_list_without_entries_is_reported_on_the_rules_that_name_it_and_makes_others_unknown()
    {
        const string text = "list pl-1 unread\ngroup web\n  ingress tcp/22 from pl-1\n  ingress tcp/443 from 10.0.0.0/8";
        Audit.Fires("SP-PL-01", text, "ingress tcp/22 from pl-1");
        foreach (var rule in new[] { "SP-ING-02", "SP-ING-06", "SP-PL-02" }) Assert.Contains("pl-1", Audit.Unknown(rule, text), StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_a_list_that_no_source_describes()
    {
        const string text = "group web\n  egress any to pl-9";
        Audit.Fires("SP-PL-01", text, "egress any to pl-9");
        Assert.Equal("prefix list pl-9 was not read", Audit.Unknown("SP-PL-02", text));
        Assert.Equal("prefix list pl-9 was not read", Audit.Unknown("SP-PL-04", text));
        Assert.Equal("the size of prefix list pl-9 was not read", Audit.Unknown("SP-PL-03", text));
    }

    [Fact]
    public void An_empty_list_is_a_list_that_was_read() => Audit.Quiet("SP-PL-01", $"list pl-1\n{Web}");

    [Theory]
    [InlineData("0.0.0.0/0", "high", "the whole IPv4 internet")]
    [InlineData("0.0.0.0/1 128.0.0.0/1", "high", "the whole IPv4 internet")]
    [InlineData("2000::/3", "high", "the whole IPv6 internet")]
    [InlineData("128.0.0.0/2 64.0.0.0/2", "critical", "% of IPv4 public space")]
    [InlineData("8.0.0.0/7 32.0.0.0/6", "high", "% of IPv4 public space")]
    [InlineData("8.8.0.0/16", "medium", "8.8.0.0/16")]
    [InlineData("8.8.0.0/15", "high", "8.8.0.0/15")]
    [InlineData("2600:1f18::/40", "medium", "2600:1f18::/40")]
    public void A_list_that_hides_a_wide_block(string entries, string severity, string words)
    {
        var finding = Audit.Fires("SP-PL-02", $"list pl-1 {entries}\n{Web}");
        Assert.Equal((severity, "pl-1"), (finding.Severity.ToString().ToLowerInvariant(), finding.Resource.Id));
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.0/24")]
    [InlineData("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10")]
    [InlineData("fc00::/7")]
    [InlineData("2600:1f18:1::/48")]
    public void A_list_of_narrow_or_private_blocks(string entries) => Audit.Quiet("SP-PL-02", $"list pl-1 {entries}\n{Web}");

    [Fact]
    public void The_rules_that_name_the_list_make_it_better_or_worse()
    {
        Assert.Equal(FindingSeverity.Critical, Audit.Fires("SP-PL-02", "list pl-1 0.0.0.0/0\ngroup web\n  ingress any from pl-1").Severity);
        Assert.Equal(FindingSeverity.Medium, Audit.Fires("SP-PL-02", "list pl-1 0.0.0.0/0\ngroup web\n  egress any to pl-1").Severity);
        Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-PL-02", "list pl-1 0.0.0.0/0\ngroup web").Severity);
    }

    [Fact]
    public void A_list_of_awss_own_is_a_class_of_its_own_however_wide() =>
        Audit.Quiet("SP-PL-02", $"list pl-1 0.0.0.0/0 owner AWS called com.amazonaws.eu-west-1.s3\n{Web}");

    [Fact]
    public void A_wide_list_beside_a_harmless_block_is_still_wide()
    {
        Audit.Fires("SP-PL-02", $"list pl-1 0.0.0.0/0 10.0.0.0/8\n{Web}  ingress tcp/22 from 10.0.0.0/8");
        Audit.Fires("SP-ING-06", $"list pl-1 0.0.0.0/0\n{Web}  ingress tcp/22 from 10.0.0.0/8", "ingress tcp/22 from pl-1");
    }

    [Theory]
    [InlineData(61, "ingress tcp/22 from pl-1", true)]
    [InlineData(60, "ingress tcp/22 from pl-1", false)]
    [InlineData(30, "ingress tcp/22 from pl-1\n  ingress tcp/23 from pl-1\n  ingress tcp/24 from 10.0.0.0/8", true)]
    [InlineData(30, "ingress tcp/22 from pl-1\n  ingress tcp/23 from pl-1\n  ingress tcp/24 from fd00::/8", false)]
    [InlineData(30, "ingress tcp/22 from pl-1\n  ingress tcp/23 from pl-1\n  ingress tcp/24 from web", true)]
    [InlineData(40, "ingress tcp/22 from pl-1\n  egress tcp/22 to pl-1", false)]
    public void Lists_weigh_what_they_may_hold_in_each_direction_and_family(int max, string rules, bool fires)
    {
        var text = $"list pl-1 10.0.0.0/8 max {max}\ngroup web\n  {rules}";
        if (fires) Assert.All(Audit.Fires("SP-PL-03", text).Evidence, e => Assert.Equal("pl-1", e.Peer.ToString()));
        else Audit.Quiet("SP-PL-03", text);
    }

    [Fact]
    public void A_group_that_is_over_its_quota_without_lists_is_not_the_lists_fault()
    {
        var rules = string.Join("\n", Enumerable.Range(1, 61).Select(i => $"  ingress tcp/{i} from 10.0.0.0/8"));
        Audit.Quiet("SP-PL-03", $"list pl-1 10.0.0.0/8 max 5\n{Web}{rules}");
        Audit.Fires("SP-PL-03", $"set list.rules.max 3\nlist pl-1 10.0.0.0/8 max 5\n{Web}");
    }

    [Theory]
    [InlineData("owner 999988887777", "", true)]
    [InlineData("owner 111122223333", "", false)]
    [InlineData("owner AWS", "", false)]
    [InlineData("owner 999988887777", "set accounts.trusted 999988887777\n", false)]
    [InlineData("owner 999988887777", "set accounts.own 999988887777\n", false)]
    public void A_list_that_somebody_unknown_edits(string owner, string settings, bool fires)
    {
        var text = $"{settings}list pl-1 10.0.0.0/8 {owner}\n{Web}";
        if (fires) Assert.Contains("999988887777", Audit.Fires("SP-PL-04", text).Message, StringComparison.Ordinal);
        else Audit.Quiet("SP-PL-04", text);
    }

    [Fact]
    public void A_shared_list_that_nothing_names_is_nobodys_business_and_one_without_owner_is_unknown()
    {
        Audit.Quiet("SP-PL-04", "list pl-1 10.0.0.0/8 owner 999988887777\ngroup web");
        Assert.Contains("owner", Audit.Unknown("SP-PL-04", $"list pl-1 10.0.0.0/8\n{Web}"), StringComparison.Ordinal);
    }
}
