namespace Sallyport.Tests.Auditing;

public sealed class QuotaRuleTests
{
    [Theory]
    [InlineData(47, false)]
    [InlineData(48, true)] // 80 % of 60
    public void Blocks_count_one_each(int count, bool fires) => Assert.Equal(
        fires ? 1 : 0, Audit.Findings("SP-QTA-01", "group web\n" + Blocks("ingress", "from", 0, count)).Count);

    [Fact]
    public void Directions_and_families_have_budgets_of_their_own_and_a_group_counts_in_both()
    {
        var split = Blocks("ingress", "from", 0, 40) + Blocks("egress", "to", 0, 40)
            + string.Concat(Enumerable.Range(0, 40).Select(n => $"  ingress tcp/443 from 2600:{n:x}::/32\n"));
        Audit.Quiet("SP-QTA-01", "group web\n" + split);
        var references = string.Concat(Enumerable.Range(0, 8).Select(n => $"  ingress tcp/{n} from db\n"));
        var message = Audit.Fires("SP-QTA-01", "group db\ngroup web\n" + split + references).Message;
        Assert.Contains("ingress IPv4 uses 48, ingress IPv6 uses 48.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_counts_its_maximum_and_not_its_entries()
    {
        Audit.Fires("SP-QTA-01", "list pl-x 10.0.0.0/24 max 48\ngroup web\n  ingress tcp/443 from pl-x");
        Audit.Fires("SP-QTA-01", "list pl-x 10.0.0.0/24 max 24\ngroup web\n  ingress tcp/443 from pl-x\n  ingress tcp/80 from pl-x"); // once a rule
        Audit.Quiet("SP-QTA-01", "list pl-x 10.0.0.0/24 max 47\ngroup web\n  ingress tcp/443 from pl-x");
        Audit.Fires("SP-QTA-01", "list pl-x called com.amazonaws.global.cloudfront.origin-facing owner AWS\ngroup web\n  ingress tcp/443 from pl-x"); // 55, as AWS publishes
        Assert.Contains("pl-x", Audit.Unknown("SP-QTA-01", "group web\n  ingress tcp/443 from pl-x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Four_groups_of_five_on_an_interface()
    {
        const string Groups = "group a\ngroup b\ngroup c\ngroup d\n";
        Assert.Contains("4 of the 5", Audit.Fires("SP-QTA-02", Groups + "interface eni-1 a,b,c,d 10.1.0.5").Message, StringComparison.Ordinal);
        Audit.Quiet("SP-QTA-02", Groups + "interface eni-1 a,b,c 10.1.0.5");
        Audit.Quiet("SP-QTA-02", "set quota.interface.groups 6\n" + Groups + "interface eni-1 a,b,c,d 10.1.0.5");
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(333, false)] // 999
    [InlineData(334, true)] // 1,002
    public void Rules_times_groups_of_an_interface(int max, bool fires) => Assert.Equal(
        fires ? 1 : 0, Audit.Findings("SP-QTA-02", $"list pl-x 10.0.0.0/24 max {max}\ngroup a\n  ingress tcp/443 from pl-x\ngroup b\ngroup c\ninterface eni-1 a,b,c 10.1.0.5").Count);

    private const string Connections = "connections\nversion: 1\nsettings: {quotas: {rulesPerSg: 3}UNMANAGED}\ngroups:\n  web: {sg: sg-web}\n  db: {sg: sg-db}\nconnections:\n  sql: {from: web, to: db, services: [tcp/5432, udp/53, tcp/22], reason: \"queries\"}";

    [Fact]
    public void What_the_connections_file_asks_for_is_weighed_after_the_plan()
    {
        const string Estate = "group web\ngroup db\n  ingress tcp/80 from 10.0.0.0/8\n";
        Assert.Contains(Audit.Of(Estate).NotAssessed, n => n.Rule.Code == "SP-QTA-03" && n.Why == "needs a connections file");
        Audit.Quiet("SP-QTA-03", Estate + Connections.Replace("UNMANAGED", "", StringComparison.Ordinal)); // the live rule goes
        var finding = Audit.Fires("SP-QTA-03", Estate + Connections.Replace("UNMANAGED", ", unmanagedRules: report", StringComparison.Ordinal)); // it stays
        Assert.Equal("sg-db", finding.Resource.Id);
        Assert.Contains("ingress IPv4 would use 4 of 3 rules", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_groups_of_interfaces_bound_the_rules_too()
    {
        const string Estate = "set quota.product 5\ngroup web\ngroup db\ngroup x\ninterface eni-1 db,x 10.1.0.5\n";
        Assert.Equal("sg-db", Audit.Fires("SP-QTA-03", Estate + Connections.Replace("UNMANAGED", "", StringComparison.Ordinal)).Resource.Id); // 3 rules, 2 groups
        Audit.Quiet("SP-QTA-03", Estate.Replace("product 5", "product 6", StringComparison.Ordinal) + Connections.Replace("UNMANAGED", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_does_not_fit_the_estate_is_unknown() =>
        Assert.Contains("SPD", Audit.Unknown("SP-QTA-03", "group web\n" + Connections.Replace("UNMANAGED", "", StringComparison.Ordinal)), StringComparison.Ordinal);

    private static string Blocks(string direction, string link, int first, int count) =>
        string.Concat(Enumerable.Range(first, count).Select(n => $"  {direction} tcp/443 {link} 10.0.{n}.0/24\n"));
}
