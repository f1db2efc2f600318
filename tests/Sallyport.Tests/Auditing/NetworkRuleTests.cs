using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Tests.Auditing;

public sealed class NetworkRuleTests
{
    private const string Vpc = "group web\nvpc vpc-a 10.1.0.0/16\nsubnet subnet-a 10.1.0.0/24\nsubnet subnet-b 10.1.1.0/24\ninterface eni-1 web 10.1.0.5 in subnet-a\ninterface eni-2 web 10.1.1.5 in subnet-b\n";

    [Theory]
    [InlineData("noflowlogs")]
    [InlineData("flowlog fl-1 vpc-a ACCEPT")]
    [InlineData("flowlog fl-1 vpc-a ALL status FAILED")]
    [InlineData("flowlog fl-1 vpc-b ALL")]
    [InlineData("flowlog fl-1 subnet-a ALL")]
    [InlineData("flowlog fl-1 subnet-a ALL\nflowlog fl-2 eni-1 ALL")]
    public void A_vpc_whose_traffic_nothing_records(string logs) => Assert.Equal("vpc-a", Audit.Fires("SP-VPC-01", Vpc + logs).Resource.Id);

    [Theory]
    [InlineData("flowlog fl-1 vpc-a ALL")]
    [InlineData("flowlog fl-1 vpc-a REJECT")]
    [InlineData("flowlog fl-1 subnet-a ALL\nflowlog fl-2 subnet-b REJECT")]
    [InlineData("flowlog fl-1 subnet-a ALL\nflowlog fl-2 eni-2 ALL")]
    public void A_vpc_whose_traffic_is_recorded(string logs) => Audit.Quiet("SP-VPC-01", Vpc + logs);

    [Fact]
    public void Learning_needs_all_traffic()
    {
        Audit.Fires("SP-VPC-01", $"set flowlog.traffic ALL\n{Vpc}flowlog fl-1 vpc-a REJECT");
        Audit.Quiet("SP-VPC-01", $"set flowlog.traffic all\n{Vpc}flowlog fl-1 vpc-a ALL");
        Audit.Fires("SP-VPC-01", $"set flowlog.traffic ACCEPT\n{Vpc}flowlog fl-1 vpc-a REJECT");
    }

    [Fact]
    public void The_subnets_without_a_log_are_named() =>
        Assert.Equal("No active flow log records REJECT traffic of the VPC, nor in subnet-b.", Audit.Fires("SP-VPC-01", $"{Vpc}flowlog fl-1 subnet-a ALL").Message);

    [Theory]
    [InlineData("SP-VPC-01")]
    [InlineData("SP-VPC-02")]
    public void Flow_logs_that_were_not_read_are_neither_there_nor_missing(string rule)
    {
        var estate = new EstateBuilder().AddScope(EstateText.Home)
            .Add(new Vpc(new VpcId("vpc-1"), EstateText.Home)).Add(new Vpc(new VpcId("vpc-2"), EstateText.Home)).Build();
        var report = Audit.Of(estate);
        Assert.DoesNotContain(report.Findings, f => f.Rule == rule);
        Assert.Equal("flow-log settings of 111122223333/eu-west-1 were not read", Assert.Single(report.Unknown, u => u.Rule == rule).Gap);
    }

    [Fact]
    public void Recorded_subnets_prove_nothing_while_others_may_be_missing() =>
        Assert.Contains("subnets", Audit.Unknown("SP-VPC-01", $"{Vpc}flowlog fl-1 subnet-a ALL\nflowlog fl-2 subnet-b ALL\ngap Subnets 111122223333/eu-west-1 AccessDenied"), StringComparison.Ordinal);

    private const string Good = "${interface-id} ${flow-direction} ${tcp-flags} ${pkt-srcaddr}";

    [Theory]
    [InlineData("flowlog fl-1 vpc-a ALL", "flow-direction, pkt-srcaddr, tcp-flags")]
    [InlineData("flowlog fl-1 vpc-a ALL \"${interface-id} ${flow-direction} ${pkt-srcaddr}\"", "tcp-flags")]
    [InlineData("flowlog fl-1 vpc-a ALL \"${interface-ids} ${flow-direction} ${tcp-flags} ${pkt-srcaddr}\"", "interface-id")]
    [InlineData("flowlog fl-1 vpc-a ALL \"" + Good + "\" every 900", "900 seconds")]
    public void A_log_that_teaches_nothing(string log, string words) => Assert.Contains(words, Audit.Fires("SP-VPC-02", Vpc + log).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("flowlog fl-1 vpc-a ALL \"" + Good + "\"")]
    [InlineData("flowlog fl-1 vpc-a ALL \"${version} " + Good + " ${bytes}\" every 60")]
    [InlineData("flowlog fl-1 tgw-1 ALL")]
    [InlineData("flowlog fl-1 vpc-a ALL status FAILED")]
    public void A_log_that_teaches(string log) => Audit.Quiet("SP-VPC-02", Vpc + log);

    [Fact]
    public void Only_the_fields_that_are_asked_for_count() => Audit.Quiet("SP-VPC-02", $"set flowlog.fields srcaddr, dstaddr\n{Vpc}flowlog fl-1 vpc-a ALL");

    [Fact]
    public void Each_subnet_that_gives_public_addresses_is_named() =>
        Assert.Equal(["subnet-a", "subnet-c"], Audit.Findings("SP-VPC-03", "subnet subnet-a 10.1.0.0/24 public\nsubnet subnet-b 10.1.1.0/24\nsubnet subnet-c 10.1.2.0/24 public").Select(f => f.Resource.Id));

    [Fact]
    public void Subnets_that_were_not_read_are_unknown() => Assert.Contains("subnets", Audit.Unknown("SP-VPC-03", "group web\ngap Subnets"), StringComparison.Ordinal);

    [Fact]
    public void Of_an_empty_inventory_nothing_about_networks_is_clean()
    {
        var report = Audit.Of(new EstateBuilder().Build());
        string[] codes =
        [
            "SP-MON-01", "SP-MON-02", "SP-NACL-01", "SP-NACL-02", "SP-NACL-03", "SP-NACL-04", "SP-NACL-05", "SP-NACL-06", "SP-NACL-07", "SP-REF-04",
            "SP-VPC-01", "SP-VPC-02", "SP-VPC-03", "SP-VPC-04",
        ];
        Assert.Equal(codes, report.Unknown.Select(u => u.Rule).Where(r => r[..6] is "SP-MON" or "SP-NAC" or "SP-REF" or "SP-VPC").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(report.Findings, f => codes.Contains(f.Rule));
    }

    [Theory]
    [InlineData("off", true)]
    [InlineData("block-ingress", false)]
    [InlineData("block-bidirectional", false)]
    public void Block_public_access(string mode, bool fires)
    {
        if (fires) Assert.Equal(FindingSeverity.Info, Audit.Fires("SP-VPC-04", $"group web\npublicaccess {mode}").Severity);
        else Audit.Quiet("SP-VPC-04", $"group web\npublicaccess {mode}");
    }

    [Fact]
    public void Block_public_access_that_was_not_read_is_unknown_in_its_own_scope_only()
    {
        Assert.Contains("111122223333/eu-west-1", Audit.Unknown("SP-VPC-04", "group web"), StringComparison.Ordinal);
        Assert.Contains("444455556666/eu-west-1", Audit.Unknown("SP-VPC-04", "group web\ngroup app of 444455556666\npublicaccess block-ingress"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set vpc.endpoints s3", "endpoint vpce-1 com.amazonaws.eu-west-1.s3 - kind Gateway", false)]
    [InlineData("set vpc.endpoints s3", "endpoint vpce-1 com.amazonaws.eu-west-1.s3express - kind Gateway", true)]
    [InlineData("set vpc.endpoints s3", "endpoint vpce-1 com.amazonaws.eu-west-1.s3 - kind Gateway vpc vpc-b", true)]
    [InlineData("set vpc.endpoints ecr.api", "endpoint vpce-1 com.amazonaws.eu-west-1.ecr.api web", false)]
    [InlineData("set vpc.endpoints s3, ssm", "endpoint vpce-1 com.amazonaws.eu-west-1.s3 - kind Gateway", true)]
    [InlineData("set vpc.firewall true", "endpoint vpce-1 com.amazonaws.vpce.eu-west-1.vpce-svc-1 - kind GatewayLoadBalancer", false)]
    [InlineData("set vpc.firewall true", "endpoint vpce-1 com.amazonaws.eu-west-1.s3 web", true)]
    public void Endpoints_and_firewalls_that_policy_asks_for(string setting, string endpoint, bool fires)
    {
        var text = $"{setting}\ngroup web\ninterface eni-1 web 10.1.0.5\n{endpoint}";
        if (fires) Assert.Equal("vpc-a", Audit.Fires("SP-VPC-05", text).Resource.Id);
        else Audit.Quiet("SP-VPC-05", text);
    }

    [Fact]
    public void Without_a_policy_endpoints_are_not_assessed_and_unread_ones_are_unknown()
    {
        Assert.Contains(Audit.Of("group web").NotAssessed, n => n.Rule.Code == "SP-VPC-05");
        Assert.Contains("VPC endpoints", Audit.Unknown("SP-VPC-05", "set vpc.endpoints s3\ngroup web\ninterface eni-1 web 10.1.0.5\ngap VpcEndpoints"), StringComparison.Ordinal);
    }
}
