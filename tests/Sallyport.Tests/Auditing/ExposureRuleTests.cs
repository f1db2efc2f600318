using Sallyport.Auditing;

namespace Sallyport.Tests.Auditing;

/// <summary>Boundaries, severities and parameters of the ingress and egress rules beside those about the world.</summary>
public sealed class ExposureRuleTests
{
    private const string Web = "group web\n  ";

    [Theory]
    [InlineData("52.0.0.0/24", null)]
    [InlineData("52.0.0.0/23", FindingSeverity.Medium)]
    [InlineData("52.0.0.0/16", FindingSeverity.Medium)]
    [InlineData("52.0.0.0/15", FindingSeverity.High)]
    [InlineData("0.0.0.0/1", FindingSeverity.High)]
    [InlineData("2600:1f18::/48", null)]
    [InlineData("2600:1f18::/47", FindingSeverity.Medium)]
    [InlineData("2600:1f18::/32", FindingSeverity.Medium)]
    [InlineData("2600:1f18::/31", FindingSeverity.High)]
    [InlineData("10.0.0.0/8", null)]
    [InlineData("0.0.0.0/0", null)]
    [InlineData("::/0", null)]
    [InlineData("2000::/3", null)]
    [InlineData("web", null)]
    public void Wide_public_blocks(string peer, FindingSeverity? severity)
    {
        foreach (var rule in new[] { $"ingress tcp/443 from {peer}", $"egress tcp/443 to {peer}", $"ingress icmp from {peer}" })
        {
            if (severity is null) Audit.Quiet("SP-ING-04", Web + rule);
            else Assert.Equal(severity, Audit.Fires("SP-ING-04", Web + rule, rule.Replace(" web", " sg-web", StringComparison.Ordinal)).Severity);
        }

        if (severity is null) Audit.Quiet("SP-EGR-05", $"{Web}egress tcp/443 to {peer}");
        else Assert.Equal(FindingSeverity.Medium, Audit.Fires("SP-EGR-05", $"{Web}egress tcp/443 to {peer}").Severity);
        Audit.Quiet("SP-EGR-05", $"{Web}ingress tcp/443 from {peer}");
    }

    [Fact]
    public void Width_and_trusted_providers_are_parameters()
    {
        Audit.Quiet("SP-ING-04", $"set wide.v4 20\n{Web}ingress tcp/443 from 52.0.0.0/20");
        Audit.Fires("SP-ING-04", $"set wide.v4 21\n{Web}ingress tcp/443 from 52.0.0.0/20");
        Audit.Quiet("SP-ING-04", $"set wide.v6 32\n{Web}ingress tcp/443 from 2600:1f18::/32");
        Audit.Quiet("SP-ING-04", $"set trusted_prefixes 52.0.0.0/12\n{Web}ingress tcp/443 from 52.0.0.0/16");
        Audit.Fires("SP-ING-04", $"set trusted_prefixes 52.0.0.0/17\n{Web}ingress tcp/443 from 52.0.0.0/16");
        Audit.Quiet("SP-EGR-05", $"set trusted_prefixes 52.0.0.0/12\n{Web}egress tcp/443 to 52.0.0.0/16");
    }

    [Fact]
    public void Evidence_of_width_is_the_wide_rules_alone() => Audit.Fires(
        "SP-ING-04", $"{Web}ingress tcp/443 from 52.0.0.0/20\n  ingress tcp/443 from 52.1.2.3/32\n  ingress tcp/22 from 0.0.0.0/0\n  egress tcp/443 to 54.0.0.0/16",
        "ingress tcp/443 from 52.0.0.0/20", "egress tcp/443 to 54.0.0.0/16");

    [Fact]
    public void Small_blocks_that_add_up_are_near_world_egress()
    {
        Audit.Fires(
            "SP-EGR-05", $"set wide.v4 8\n{Web}egress tcp/443 to 8.0.0.0/8\n  egress tcp/443 to 13.0.0.0/8\n  egress tcp/443 to 15.0.0.0/8\n  egress tcp/22 to 20.0.0.0/8",
            "egress tcp/443 to 8.0.0.0/8", "egress tcp/443 to 13.0.0.0/8", "egress tcp/443 to 15.0.0.0/8");
        Audit.Quiet("SP-EGR-05", $"set wide.v4 8\n{Web}egress tcp/443 to 8.0.0.0/8");
        Audit.Quiet("SP-EGR-05", $"{Web}egress tcp/443 to 0.0.0.0/1\n  egress tcp/443 to 128.0.0.0/1");
    }

    [Theory]
    [InlineData("52.1.2.3/32", true)]
    [InlineData("52.0.0.0/8", true)]
    [InlineData("2600::1/128", true)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("10.1.2.3/32", false)]
    [InlineData("203.0.113.7/32", false)] // documentation
    [InlineData("10.0.0.0/7", true)]
    [InlineData("web", false)]
    public void Public_addresses(string peer, bool fires)
    {
        Judge("SP-ING-05", $"{Web}ingress tcp/443 from {peer}", fires);
        Audit.Quiet("SP-ING-05", $"{Web}egress tcp/443 to {peer}");
    }

    [Fact]
    public void Trusted_addresses_may_come_in_and_only_they()
    {
        Audit.Quiet("SP-ING-05", $"set trusted_cidrs 52.1.2.3, 2600::/32\n{Web}ingress tcp/443 from 52.1.2.3/32\n  ingress tcp/443 from 2600:0:1::/48");
        Audit.Fires("SP-ING-05", $"set trusted_cidrs 52.1.2.3\n{Web}ingress tcp/443 from 52.1.2.2/31", "ingress tcp/443 from 52.1.2.2/31");
    }

    [Theory]
    [InlineData("tcp/20", false)]
    [InlineData("tcp/21", true)]
    [InlineData("tcp/22", false)]
    [InlineData("tcp/23", true)]
    [InlineData("tcp/80", false)]
    [InlineData("tcp/109", false)]
    [InlineData("tcp/110", true)]
    [InlineData("tcp/143", true)]
    [InlineData("tcp/144", false)]
    [InlineData("tcp/389", true)]
    [InlineData("tcp/511", false)]
    [InlineData("tcp/512", true)]
    [InlineData("tcp/514", true)]
    [InlineData("tcp/515", false)]
    [InlineData("udp/69", true)]
    [InlineData("udp/161", true)]
    [InlineData("udp/162", false)]
    [InlineData("udp/21", false)]
    [InlineData("tcp/161", false)]
    [InlineData("tcp/20-25", true)]
    [InlineData("any", true)]
    [InlineData("icmp/21/0", false)]
    public void Plaintext_protocols_from_anybody(string service, bool fires)
    {
        foreach (var peer in new[] { "10.1.0.5/32", "0.0.0.0/0", "web", "other", "pl-x" }) Judge("SP-ING-08", $"{Web}ingress {service} from {peer}\ngroup other", fires);
    }

    [Fact]
    public void Plain_HTTP_counts_when_it_is_listed()
    {
        Audit.Fires("SP-ING-08", $"set plaintext.tcp 21, 23, 80\n{Web}ingress tcp/80 from 10.1.0.0/16");
        Audit.Quiet("SP-ING-08", $"set plaintext.tcp 21, 23, 80\n{Web}ingress tcp/110 from 10.1.0.0/16");
    }

    [Theory]
    [InlineData("icmp", "0.0.0.0/0", true)]
    [InlineData("icmp", "::/0", true)]
    [InlineData("icmpv6", "::/0", true)]
    [InlineData("icmp/3/4", "0.0.0.0/0", false)]
    [InlineData("icmp/3/3", "0.0.0.0/0", true)]
    [InlineData("icmp/3/-1", "0.0.0.0/0", true)]
    [InlineData("icmp/8/-1", "0.0.0.0/0", true)]
    [InlineData("icmpv6/2", "::/0", false)]
    [InlineData("icmpv6/3", "::/0", true)]
    [InlineData("icmpv6/128", "::/0", true)]
    [InlineData("icmp", "10.0.0.0/8", false)]
    [InlineData("icmp", "0.0.0.0/1", false)]
    [InlineData("tcp/8", "0.0.0.0/0", false)]
    [InlineData("any", "0.0.0.0/0", true)]
    public void Icmp_from_the_world(string service, string peer, bool fires) => Judge("SP-ING-09", $"{Web}ingress {service} from {peer}", fires);

    [Theory]
    [InlineData("icmp/8/-1", false)]
    [InlineData("icmp/8/0", false)]
    [InlineData("icmpv6/128", false)]
    [InlineData("icmp/13/-1", true)]
    [InlineData("icmp", true)]
    public void Echo_may_be_allowed(string service, bool fires) => Judge("SP-ING-09", $"set icmp.allow_echo true\n{Web}ingress {service} from ::/0", fires);

    [Theory]
    [InlineData("tcp/80", null)]
    [InlineData("tcp/80-81", FindingSeverity.Low)]
    [InlineData("udp/80-179", FindingSeverity.Low)] // 100 ports
    [InlineData("udp/80-180", FindingSeverity.Medium)]
    [InlineData("tcp/2-65535", FindingSeverity.Medium)]
    [InlineData("tcp/1-65535", null)]
    [InlineData("any", null)]
    [InlineData("icmp", null)]
    [InlineData("icmp/3/4", null)]
    public void Ranges_of_ports(string service, FindingSeverity? severity)
    {
        if (severity is null)
        {
            Audit.Quiet("SP-ING-11", $"{Web}ingress {service} from 0.0.0.0/0");
            Audit.Quiet("SP-EGR-04", $"{Web}egress {service} to 0.0.0.0/0");
        }
        else
        {
            var finding = Audit.Fires("SP-ING-11", $"{Web}ingress {service} from web");
            Assert.Equal(severity, finding.Severity);
            Assert.Equal(["EC2-001"], finding.Aliases);
            Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-EGR-04", $"{Web}egress {service} to 0.0.0.0/0").Severity);
        }
    }

    [Fact]
    public void The_length_of_a_range_is_a_parameter_and_touching_rules_are_no_range()
    {
        Audit.Quiet("SP-ING-11", $"set range.max 10\n{Web}ingress tcp/80-89 from web");
        Audit.Fires("SP-ING-11", $"set range.max 10\n{Web}ingress tcp/80-90 from web");
        Audit.Quiet("SP-ING-11", $"{Web}ingress tcp/80 from web\n  ingress tcp/81 from web");
        Audit.Fires("SP-ING-11", $"{Web}ingress tcp/80-81 from web\n  ingress tcp/443 from web", "ingress tcp/80-81 from sg-web");
        Audit.Fires("SP-ING-12", $"set allports.min 1000\n{Web}ingress tcp/1-1000 from 10.1.0.0/16");
        Audit.Quiet("SP-ING-11", $"set allports.min 1000\n{Web}ingress tcp/1-1000 from 10.1.0.0/16");
    }

    [Theory]
    [InlineData("10.1.0.0/16", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("other", true)]
    [InlineData("pl-x", true)]
    [InlineData("web", false)]
    public void All_ports_from_whoever_is_not_the_group_itself(string peer, bool fires)
    {
        foreach (var service in new[] { "any", "tcp/0-65535", "udp/1-65535" })
        {
            Judge("SP-ING-12", $"{Web}ingress {service} from {peer}\ngroup other", fires);
            Judge("SP-ING-13", $"{Web}ingress {service} from {peer}\ngroup other", !fires);
        }

        Audit.Quiet("SP-ING-12", $"{Web}egress any to {peer}\ngroup other");
    }

    [Theory]
    [InlineData("", FindingSeverity.Low)]
    [InlineData("tag kubernetes.io/cluster/prod=owned", FindingSeverity.Info)]
    [InlineData("tag aws:eks:cluster-name=prod", FindingSeverity.Info)]
    [InlineData("tag aws:elasticmapreduce:job-flow-id=j-1", FindingSeverity.Info)]
    [InlineData("named ElasticMapReduce-master", FindingSeverity.Info)]
    [InlineData("named eks-cluster-sg-prod-1", FindingSeverity.Info)]
    [InlineData("tag team=kubernetes.io/cluster/prod", FindingSeverity.Low)]
    public void A_self_reference_weighs_less_in_a_cluster(string more, FindingSeverity severity) =>
        Assert.Equal(severity, Audit.Fires("SP-ING-13", $"group web {more}\n  ingress any from web").Severity);

    [Theory]
    [InlineData("52.1.2.3/32", false)]
    [InlineData("52.1.2.2/31", true)]
    [InlineData("2600::1/128", false)]
    [InlineData("2600::/127", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("10.0.0.0/8", false)]
    public void Blocks_that_are_no_hosts_are_told_when_asked(string peer, bool fires)
    {
        var options = new AuditOptions { Rules = ["SP-ING-14"] };
        Assert.Equal(fires ? 1 : 0, Audit.Of($"{Web}ingress tcp/443 from {peer}", options).Findings.Length);
        Audit.Quiet("SP-ING-14", $"{Web}ingress tcp/443 from {peer}"); // off by default
    }

    [Theory]
    [InlineData("tcp/3306", "10.1.0.0/24", false)] // 256
    [InlineData("tcp/3306", "10.1.0.0/23", true)]
    [InlineData("tcp/3306", "172.16.0.0/16", true)]
    [InlineData("tcp/3306", "172.32.0.0/16", false)] // public
    [InlineData("tcp/3306", "192.168.0.0/16", true)]
    [InlineData("tcp/3306", "10.0.0.0/7", false)] // SP-ING-04's
    [InlineData("tcp/3306", "fd00::/120", false)]
    [InlineData("tcp/3306", "fd00::/119", true)]
    [InlineData("tcp/3306", "100.64.0.0/10", false)]
    [InlineData("tcp/3300-3310", "10.1.0.0/16", true)]
    [InlineData("any", "10.1.0.0/16", true)]
    [InlineData("tcp/443", "10.1.0.0/16", false)]
    [InlineData("tcp/80", "10.1.0.0/16", false)]
    [InlineData("tcp/12345", "10.1.0.0/16", false)]
    [InlineData("icmp", "10.1.0.0/16", false)]
    public void Wide_private_blocks_on_sensitive_ports(string service, string peer, bool fires) => Judge("SP-ING-15", $"{Web}ingress {service} from {peer}", fires);

    [Fact]
    public void How_many_private_hosts_are_many_is_a_parameter()
    {
        Audit.Quiet("SP-ING-15", $"set priv.hosts 65536\n{Web}ingress tcp/22 from 10.1.0.0/16");
        Audit.Fires("SP-ING-15", $"set priv.hosts 65535\n{Web}ingress tcp/22 from 10.1.0.0/16");
    }

    [Theory]
    [InlineData("52.1.2.3/32", true)]
    [InlineData("52.0.0.0/10", true)]
    [InlineData("52.0.0.0/9", false)] // not inside
    [InlineData("52.64.0.0/32", false)]
    [InlineData("54.1.2.3/32", false)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("2600:1f00::/64", true)]
    [InlineData("2600:1f18::/64", false)] // in the VPC's own block
    public void Addresses_of_AWS(string peer, bool fires) =>
        Judge("SP-ING-17", $"set aws.ranges 52.0.0.0/10, 2600:1f00::/24\n{Web}ingress tcp/443 from {peer}", fires);

    [Fact]
    public void Own_addresses_of_AWS_are_ones_own_if_they_were_read()
    {
        const string Rule = "set aws.ranges 52.0.0.0/10\ngroup web\n  ingress tcp/443 from 52.1.2.3/32\n";
        Audit.Quiet("SP-ING-17", $"{Rule}interface eni-1 web 10.1.0.5 public 52.1.2.3");
        Audit.Fires("SP-ING-17", $"{Rule}interface eni-1 web 10.1.0.5 public 52.1.2.4");
        Assert.Contains("52.1.2.3/32", Audit.Unknown("SP-ING-17", $"{Rule}gap NetworkInterfaces"), StringComparison.Ordinal);
        Assert.Equal("needs the parameter aws.ranges", Assert.Single(Audit.Of("group web").NotAssessed, n => n.Rule.Code == "SP-ING-17").Why);
    }

    [Theory]
    [InlineData("tcp/24", false)]
    [InlineData("tcp/25", true)]
    [InlineData("tcp/26", false)]
    [InlineData("tcp/20-30", true)]
    [InlineData("udp/25", false)]
    [InlineData("tcp/465", false)]
    [InlineData("any", true)]
    public void Mail(string service, bool fires)
    {
        Judge("SP-EGR-08", $"{Web}egress {service} to 0.0.0.0/0", fires);
        Judge("SP-EGR-08", $"{Web}egress {service} to ::/0", fires);
        Audit.Quiet("SP-EGR-08", $"{Web}egress {service} to 10.0.0.0/8\n  ingress {service} from 0.0.0.0/0");
    }

    [Fact]
    public void Submission_counts_when_it_is_listed() => Audit.Fires("SP-EGR-08", $"set mail.tcp 25, 465, 587\n{Web}egress tcp/587 to 0.0.0.0/0");

    [Theory]
    [InlineData("egress tcp/22 to 0.0.0.0/0", true)]
    [InlineData("egress tcp/21 to 0.0.0.0/0", false)]
    [InlineData("egress tcp/0-65535 to 0.0.0.0/0", true)]
    [InlineData("egress tcp/3306 to ::/0", true)]
    [InlineData("egress udp/3389 to 0.0.0.0/0", false)]
    [InlineData("egress any to 0.0.0.0/0", false)]
    [InlineData("egress any to 0.0.0.0/0\n  egress tcp/22 to 0.0.0.0/0", true)]
    [InlineData("egress any to 0.0.0.0/1\n  egress tcp/22 to 128.0.0.0/1", false)] // without the first there is no world
    [InlineData("egress tcp/22 to 0.0.0.0/1\n  egress tcp/22 to 128.0.0.0/1", true)]
    [InlineData("ingress tcp/22 from 0.0.0.0/0", false)]
    public void Administration_and_databases_anywhere(string rules, bool fires) => Judge("SP-EGR-10", Web + rules, fires);

    [Fact]
    public void The_rule_for_everything_is_no_evidence_of_a_named_port()
    {
        Audit.Fires("SP-EGR-10", $"{Web}egress any to 0.0.0.0/0\n  egress tcp/22 to 0.0.0.0/0", "egress tcp/22 to 0.0.0.0/0");
        Audit.Fires("SP-VAL-03", $"{Web}egress any to 0.0.0.0/0\n  egress proto/47 to 0.0.0.0/0", "egress proto/47 to 0.0.0.0/0");
        Audit.Quiet("SP-EGR-10", $"{Web}egress any to pl-x");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\n  egress any to 127.0.0.1/32", true)]
    [InlineData("\n  ingress tcp/443 from 0.0.0.0/0", true)]
    [InlineData("\n  egress tcp/443 to 10.0.0.0/8", false)] // has egress: what is missing is SP-DECL-02's
    public void A_declared_client_without_egress(string rules, bool fires)
    {
        const string Connections = "\ngroup db\n  ingress tcp/3306 from web\nconnections\nversion: 1\ngroups:\n  web: { sg: sg-web }\n  db: { sg: sg-db }\nconnections:\n  web-to-db: { from: web, to: db, services: [tcp/3306], reason: queries }\n";
        var findings = Audit.Findings("SP-EGR-11", $"group web{rules}{Connections}");
        Assert.Equal(fires ? ["sg-web"] : [], findings.Select(f => f.Resource.Id));
        Assert.All(findings, f => Assert.Contains("web-to-db", f.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_declared_connections_nobody_is_a_client()
    {
        Assert.Contains(Audit.Of("group web").NotAssessed, n => n is { Rule.Code: "SP-EGR-11", Why: "needs a connections file" });
        Assert.NotEmpty(Audit.Unknown("SP-EGR-11", "group web\n  malformed egress \"no peer\"\nconnections\nversion: 1\ngroups:\n  web: { sg: sg-web }\nconnections:\n  web-to-web: { from: web, to: web, services: [tcp/1], reason: r }\n"));
    }

    [Theory]
    [InlineData("169.254.169.254/32", true)]
    [InlineData("169.254.169.253/32", false)]
    [InlineData("169.254.169.255/32", false)]
    [InlineData("169.254.0.0/16", true)]
    [InlineData("169.254.0.0/15", false)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("fd00:ec2::254/128", true)]
    [InlineData("fd00:ec2::253/128", false)]
    [InlineData("fd00:ec2::/32", true)]
    [InlineData("fd00::/8", false)]
    public void The_metadata_service(string peer, bool fires)
    {
        Judge("SP-EGR-13", $"{Web}egress tcp/80 to {peer}", fires);
        Audit.Quiet("SP-EGR-13", $"{Web}ingress tcp/80 from {peer}");
    }

    [Theory]
    [InlineData("default", "ingress tcp/443 from 0.0.0.0/0", true)]
    [InlineData("default", "egress icmp to ::/0", true)]
    [InlineData("default", "ingress tcp/443 from 0.0.0.0/1", false)]
    [InlineData("default", "ingress any from 10.0.0.0/8", false)]
    [InlineData("web", "ingress any from 0.0.0.0/0", false)]
    public void The_default_group_and_the_world(string group, string rule, bool fires) => Judge("SP-DEF-02", $"group {group}\n  {rule}", fires);

    [Fact]
    public void Both_directions_of_the_default_group_are_one_finding()
    {
        var finding = Audit.Fires(
            "SP-DEF-02", "group default\n  ingress tcp/22 from 0.0.0.0/0\n  ingress any from default\n  egress any to ::/0",
            "ingress tcp/22 from 0.0.0.0/0", "egress any to ::/0");
        Assert.Equal("The default group is open to the whole IPv4 Internet and may reach the whole IPv6 Internet.", finding.Message);
        Assert.Contains("pl-x", Audit.Unknown("SP-DEF-02", "group default\n  ingress tcp/22 from pl-x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group web\n  ingress tcp/22 from default\ngroup default", true)]
    [InlineData("group web\n  egress tcp/22 to default\ngroup default", true)]
    [InlineData("group web\n  ingress tcp/22 from other\ngroup other\ngroup default", false)]
    [InlineData("group default\n  ingress any from default", false)]
    [InlineData("group d1 named default\n  ingress any from d2\ngroup d2 in vpc-b named default", true)]
    public void References_to_default_groups(string estate, bool fires) => Judge("SP-DEF-04", estate, fires);

    [Fact]
    public void The_default_VPC()
    {
        const string Default = "vpc vpc-a 172.31.0.0/16 default\nvpc vpc-b 10.2.0.0/16\n";
        Assert.Contains("vpc-z", Audit.Unknown("SP-DEF-05", "group a named default in vpc-z\ninterface eni-1 a 172.31.0.5 vpc vpc-z\ngap Vpcs"), StringComparison.Ordinal);
        Assert.Equal(["AWS::EC2::SecurityGroup", "AWS::EC2::VPC"], Audit.Findings("SP-DEF-05", $"{Default}group web\ninterface eni-1 web 172.31.0.5").Select(f => f.Resource.Type).Order(StringComparer.Ordinal));
        Assert.Equal("AWS::EC2::VPC", Audit.Fires("SP-DEF-05", $"{Default}group default\ninterface eni-1 default 172.31.0.5").Resource.Type);
        Audit.Quiet("SP-DEF-05", $"{Default}group default\ngroup web in vpc-b\ninterface eni-1 web 10.2.0.5 vpc vpc-b");
        Assert.Equal("sg-web", Audit.Fires("SP-DEF-05", $"{Default}group web").Resource.Id);
        Assert.Contains("interfaces", Audit.Unknown("SP-DEF-05", $"{Default}group default\ngap NetworkInterfaces"), StringComparison.Ordinal);
        Assert.Contains("vpc-a", Audit.Unknown("SP-DEF-05", "gap Vpcs\ngroup web"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingress tcp/22 from 127.0.0.1/32", true)]
    [InlineData("ingress tcp/22 from 127.0.0.0/8", true)]
    [InlineData("ingress tcp/22 from 126.0.0.0/7", false)]
    [InlineData("ingress tcp/22 from 255.255.255.255/32", true)]
    [InlineData("ingress tcp/22 from 255.255.255.254/31", false)]
    [InlineData("ingress tcp/22 from 0.0.0.0/32", true)]
    [InlineData("ingress proto/2 from 0.0.0.0/32", false)] // IGMP queries come from there
    [InlineData("ingress tcp/22 from 0.0.0.0/0", false)]
    [InlineData("ingress tcp/22 from ::1/128", true)]
    [InlineData("ingress tcp/22 from ::/0", false)]
    [InlineData("egress any to 255.255.255.255/32", false)] // says "no egress"
    [InlineData("egress any to 255.255.255.255/32\n  egress tcp/443 to 10.1.0.0/16", true)]
    public void Rules_that_never_match(string rule, bool fires) => Judge("SP-VAL-04", Web + rule, fires);

    [Fact]
    public void IPv6_without_IPv6_in_the_VPC_never_matches()
    {
        Audit.Fires("SP-VAL-04", "group web in vpc-b\n  ingress tcp/443 from ::/0\n  ingress tcp/443 from 0.0.0.0/0", "ingress tcp/443 from ::/0");
        Audit.Quiet("SP-VAL-04", "group web in vpc-a\n  ingress tcp/443 from ::/0");
        Assert.Contains("::/0", Audit.Unknown("SP-VAL-04", "gap Vpcs\ngroup web\n  ingress tcp/443 from ::/0"), StringComparison.Ordinal);
        Audit.Quiet("SP-VAL-04", "gap Vpcs\ngroup web\n  ingress tcp/443 from 0.0.0.0/0");
    }

    [Fact]
    public void A_list_never_matches_only_if_no_entry_does()
    {
        Audit.Fires("SP-VAL-04", $"list pl-x 127.0.0.1/32 255.255.255.255/32\n{Web}ingress tcp/22 from pl-x");
        Audit.Quiet("SP-VAL-04", $"list pl-x 127.0.0.1/32 10.1.0.5/32\n{Web}ingress tcp/22 from pl-x");
    }

    [Theory]
    [InlineData("tcp/0", true)]
    [InlineData("udp/0", true)]
    [InlineData("tcp/0-1", false)]
    [InlineData("icmp/0/0", false)]
    [InlineData("any", false)]
    public void Port_zero_alone(string service, bool fires) => Judge("SP-VAL-01", $"{Web}ingress {service} from 10.1.0.0/16", fires);

    [Fact]
    public void Malformed_rules_are_told_shortly_however_long_their_text_is()
    {
        var lines = Enumerable.Range(0, 20).Select(n => $"  malformed ingress \"{n} {new string('x', 197)}\U0001F600{new string('y', 5000)}\"");
        var finding = Audit.Fires("SP-VAL-01", $"group web\n{string.Join('\n', lines)}");
        Assert.InRange(finding.Message.Length, 1000, 2500);
        Assert.EndsWith("; and 12 more.", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Message.EnumerateRunes(), r => r == System.Text.Rune.ReplacementChar);
    }

    private static void Judge(string rule, string estate, bool fires)
    {
        if (fires) Assert.NotEmpty(Audit.Findings(rule, estate));
        else Audit.Quiet(rule, estate);
    }
}
