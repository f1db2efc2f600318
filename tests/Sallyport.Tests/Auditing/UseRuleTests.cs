using Sallyport.Auditing;

namespace Sallyport.Tests.Auditing;

public sealed class UseRuleTests
{
    [Fact]
    public void A_group_that_only_a_peer_account_or_only_itself_names()
    {
        Audit.Fires("SP-USE-01", "group web\n  ingress tcp/1 from web"); // by itself only
        Audit.Quiet("SP-USE-01", "group web\ngroup far of 444455556666 in vpc-b\n  ingress tcp/1 from web\ninterface eni-1 far 10.2.0.5 vpc vpc-b of 444455556666");
        Audit.Quiet("SP-USE-01", "group fn\ninterface eni-1 fn 10.1.0.5 type lambda requester AROAEXAMPLE");
        Audit.Quiet("SP-USE-01", "group s3\ngap NetworkInterfaces\nendpoint vpce-1 com.amazonaws.eu-west-1.s3 s3");
    }

    [Theory]
    [InlineData("ingress tcp/80 from 10.0.0.0/8", true)]
    [InlineData("ingress tcp/80 from 10.0.0.0/9\n  ingress tcp/80 from 10.128.0.0/9", true)] // two halves
    [InlineData("ingress tcp/80 from pl-ten", true)] // a list of that block
    [InlineData("ingress tcp/80 from 10.0.0.0/9", false)]
    [InlineData("egress tcp/80 to 10.0.0.0/8", false)] // the other direction
    [InlineData("ingress udp/80 from 10.0.0.0/8", false)]
    public void Groups_are_redundant_when_they_allow_the_same_however_written(string rules, bool isRedundant) => Assert.Equal(
        isRedundant ? 1 : 0, Audit.Findings("SP-USE-02", $"list pl-ten 10.0.0.0/8\ngroup a\n  ingress tcp/80 from 10.0.0.0/8\ngroup b\n  {rules}").Count);

    [Fact]
    public void Redundant_groups_are_looked_for_in_one_VPC()
    {
        Audit.Quiet("SP-USE-02", "group a\n  ingress tcp/80 from 10.0.0.0/8\ngroup b in vpc-b\n  ingress tcp/80 from 10.0.0.0/8");
        Audit.Quiet("SP-USE-02", "group a\ngroup b"); // without rules
        Audit.Quiet("SP-USE-02", "group a\n  ingress tcp/80 from a\ngroup b\n  ingress tcp/80 from b"); // each admits others
        Audit.Fires("SP-USE-02", "group a\n  ingress tcp/80 from c\ngroup b\n  ingress tcp/80 from c\ngroup c");
        Audit.Quiet("SP-USE-02", "group default\n  ingress tcp/80 from 10.0.0.0/8\ngroup b\n  ingress tcp/80 from 10.0.0.0/8");
    }

    [Fact]
    public void The_group_that_most_carry_is_kept_and_the_others_are_reported()
    {
        const string Estate = "group a\n  ingress tcp/80 from 10.0.0.0/8\ngroup b\n  ingress tcp/80 from 10.0.0.0/8\ngroup c\n  ingress tcp/80 from 10.0.0.0/8\ninterface eni-1 b 10.1.0.5\ninterface eni-2 a,b 10.1.0.6\ninterface eni-3 c 10.1.0.7\ninterface eni-4 c 10.1.0.8 lb";
        var findings = Audit.Findings("SP-USE-02", Estate);
        Assert.Equal(["sg-a", "sg-c"], findings.Select(f => f.Resource.Id));
        Assert.Equal("sg-b (b) of the same VPC allows exactly the same. Take sg-a off eni-2, which already carries sg-b. Then sg-a can be deleted.", findings[0].Message);
        Assert.Equal("sg-b (b) of the same VPC allows exactly the same. On eni-3, eni-4 (set on a load balancer) put sg-b in place of sg-c. Then sg-c can be deleted.", findings[1].Message);
    }

    [Fact]
    public void What_was_not_read_leaves_redundancy_open()
    {
        Assert.Contains("prefix list pl-x", Audit.Of("list pl-x unread\ngroup a\n  ingress tcp/80 from pl-x\ngroup b\n  ingress tcp/80 from 10.0.0.0/8").Unknown.First(u => u.Rule == "SP-USE-02").Gap, StringComparison.Ordinal);
        Audit.Quiet("SP-USE-02", "list pl-x unread\ngroup a\n  ingress tcp/80 from pl-x\ngroup b\n  ingress tcp/81 from 10.0.0.0/8"); // no list makes 80 out of 81
        Audit.Fires("SP-USE-02", "list pl-x unread\ngroup a\n  ingress tcp/80 from pl-x\ngroup b\n  ingress tcp/80 from pl-x"); // whatever it holds
        Assert.Contains("not understood", Audit.Unknown("SP-USE-02", "group a\n  malformed ingress \"no peer\"\ngroup b"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_crowd_on_one_interface_is_named_in_part()
    {
        var names = Enumerable.Range(100, 60).Select(i => $"g{i}").ToList();
        var estate = string.Join('\n', names.Select(n => $"group {n}\n  ingress tcp/80 from 10.0.0.0/8")) + $"\ninterface eni-1 {string.Join(',', names)} 10.1.0.5";
        var last = Audit.Findings("SP-USE-03", estate).Single(f => f.Resource.Id == "sg-g159");

        Assert.Contains("sg-g115 and 43 more allow ingress tcp/80 from 10.0.0.0/8 already.", last.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sg-g116", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_another_group_on_the_interface_holds()
    {
        Audit.Fires("SP-USE-03", "group a\n  ingress tcp/80-90 from 10.0.0.0/8\ngroup b\n  ingress tcp/85 from 10.1.0.0/16\n  ingress tcp/91 from 10.1.0.0/16\ninterface eni-1 a,b 10.1.0.5", "ingress tcp/85 from 10.1.0.0/16");
        Assert.Equal("sg-b", Audit.Fires("SP-USE-03", "group a\n  egress any to 0.0.0.0/0\ngroup b\n  egress any to 0.0.0.0/0\ninterface eni-1 a,b 10.1.0.5").Resource.Id); // the later one of two equal rules
        Audit.Quiet("SP-USE-03", "group a\n  ingress tcp/80 from 10.0.0.0/9\n  ingress tcp/80 from 10.128.0.0/9\ngroup b\n  ingress tcp/80 from 10.0.0.0/8\ninterface eni-1 b,c 10.1.0.5\ngroup c"); // a is elsewhere
        Audit.Fires("SP-USE-03", "list pl-x 10.1.0.0/16 10.2.0.0/16\ngroup a\n  ingress tcp/80 from pl-x\ngroup b\n  ingress tcp/80 from 10.2.3.0/24\ninterface eni-1 a,b 10.1.0.5", "ingress tcp/80 from 10.2.3.0/24");
        Audit.Quiet("SP-USE-03", "group a\n  ingress tcp/80 from a\ngroup b\n  ingress tcp/80 from b\ninterface eni-1 a,b 10.1.0.5"); // two different groups
        Assert.Equal( // either may hold the other
            ["sg-a", "sg-b"], Audit.Of("list pl-x unread\ngroup a\n  ingress tcp/80 from pl-x\ngroup b\n  ingress tcp/80 from 10.2.3.0/24\ninterface eni-1 a,b 10.1.0.5").Unknown.Where(u => u.Rule == "SP-USE-03").Select(u => u.Resource.Id));
        Assert.Contains("interfaces", Audit.Unknown("SP-USE-03", "group a\ngap NetworkInterfaces"), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_are_counted_per_account_and_Region()
    {
        const string Three = "set groups.warn 2\nset groups.max 3\ngroup a\ngroup b\ngroup c\n";
        Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-USE-04", Three).Severity);
        Assert.Equal(FindingSeverity.Medium, Audit.Fires("SP-USE-04", Three + "group d").Severity);
        Audit.Quiet("SP-USE-04", "set groups.warn 2\ngroup a\ngroup b\ngroup c of 444455556666 in vpc-b");
        Assert.Contains("not all groups", Audit.Unknown("SP-USE-04", "group a\ngap SecurityGroups 111122223333/eu-west-1 denied"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(51, true)]
    public void Rules_are_counted_one_a_peer_and_each_direction_apart(int count, bool fires)
    {
        var ingress = string.Join('\n', Enumerable.Range(0, count).Select(n => $"  ingress tcp/443 from 10.0.{n}.0/24"));
        var egress = string.Join('\n', Enumerable.Range(0, 50).Select(n => $"  egress tcp/443 to 10.0.{n}.0/24"));
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-USE-05", $"group web\n{ingress}\n{egress}").Count);
    }

    [Fact]
    public void A_malformed_rule_counts_as_a_rule() =>
        Audit.Fires("SP-USE-05", "set group.rules.max 1\ngroup web\n  ingress tcp/443 from 10.0.0.0/24\n  malformed ingress \"no peer\"");

    [Fact]
    public void The_rules_of_an_interface_are_counted_only_when_asked_for()
    {
        const string Estate = "set interface.rules.max 1\ngroup a\n  ingress tcp/443 from 10.0.0.0/24\n  egress tcp/443 to 10.0.0.0/24\ninterface eni-1 a 10.1.0.5";
        Assert.Empty(Audit.Findings("SP-USE-06", Estate));
        Assert.Single(Audit.Findings("SP-USE-06", Estate, EstateText.Options(Estate) with { Rules = ["SP-USE-06"] }));
    }

    [Fact]
    public void Banned_and_required_groups_need_configuration()
    {
        Assert.Contains("groups.banned", Assert.Single(Audit.Of("group web").NotAssessed, n => n.Rule.Code == "SP-USE-07").Why, StringComparison.Ordinal);
        Assert.Equal("eni-1", Audit.Fires("SP-USE-07", "set groups.banned sg-old, legacy-*\ngroup old\ninterface eni-1 old 10.1.0.5").Resource.Id);
        Assert.Contains("sg-x (legacy-1)", Audit.Fires("SP-USE-07", "set groups.banned sg-old, legacy-*\ngroup x named legacy-1\ninterface eni-1 x 10.1.0.5").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base", "interface eni-1 web 10.1.0.5", true)]
    [InlineData("base", "interface eni-1 web,base 10.1.0.5", false)]
    [InlineData("base", "interface eni-1 web 10.1.0.5 type lambda requester AROAEXAMPLE", false)] // a service chooses the groups of what it makes
    [InlineData("base for type:lambda", "interface eni-1 web 10.1.0.5 type lambda requester AROAEXAMPLE", true)]
    [InlineData("base for vpc:vpc-b", "interface eni-1 web 10.1.0.5", false)]
    [InlineData("base for vpc:vpc-*", "interface eni-1 web 10.1.0.5", true)]
    [InlineData("base for tag:os=win*", "interface eni-1 web 10.1.0.5 tag os=windows", true)]
    [InlineData("base for tag:os=win*", "interface eni-1 web 10.1.0.5 instance i-1\ninstance i-1 web tag os=windows", true)]
    [InlineData("base for tag:os=win*", "interface eni-1 web 10.1.0.5 tag os=linux", false)]
    [InlineData("base for tag:os=win* and subnet:subnet-a", "interface eni-1 web 10.1.0.5 tag os=windows", false)]
    [InlineData("os-{os}", "interface eni-1 web 10.1.0.5 tag os=windows", true)]
    [InlineData("os-{os}", "interface eni-1 web,os-windows 10.1.0.5 tag os=windows", false)]
    [InlineData("os-{os}", "interface eni-1 web 10.1.0.5", false)] // no operating system is known
    [InlineData("base", "interface eni-1 - 10.1.0.5 type nat_gateway", false)]
    [InlineData("base for name:web-*", "interface eni-1 web 10.1.0.5 tag Name=web-1", true)]
    [InlineData("base for account:444455556666", "interface eni-1 web 10.1.0.5", false)]
    public void Common_groups_must_be_attached_where_they_apply(string required, string nic, bool fires) => Assert.Equal(
        fires ? 1 : 0, Audit.Findings("SP-USE-07", $"set groups.required {required}\ngroup base\ngroup web\ngroup os-windows\n{nic}").Count);

    [Theory]
    [InlineData("base for os:windows", false)]
    [InlineData("base for tag:", false)]
    [InlineData("base-{name}", false)]
    [InlineData("base for tag:os, monitoring", true)]
    public void Requirements_are_validated(string text, bool isGood) =>
        Assert.Equal(isGood, AuditOptions.Default.Parameters.TryWith("groups.required", text, out _, out _));

    [Fact]
    public void A_group_that_was_not_read_may_be_the_missing_one()
    {
        Assert.Contains("sg-away", Audit.Unknown("SP-USE-07", "set groups.required base\ngroup base\ninterface eni-1 away 10.1.0.5"), StringComparison.Ordinal);
        Assert.Contains("interfaces", Audit.Unknown("SP-USE-07", "set groups.required base\ngroup base\ngap NetworkInterfaces"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_that_differs_from_its_original()
    {
        const string Base = "set replica.tag replica-of\ngroup base\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from base\n";
        Audit.Fires("SP-USE-08", Base + "group copy in vpc-b tag replica-of=sg-base\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from copy\n  ingress tcp/22 from 10.0.0.0/8", "ingress tcp/22 from 10.0.0.0/8");
        var lacking = Audit.Fires("SP-USE-08", Base + "group copy in vpc-b tag replica-of=base\n  ingress any from copy");
        Assert.Empty(lacking.Evidence);
        Assert.Contains("lacks ingress tcp/443 from 10.0.0.0/8", lacking.Message, StringComparison.Ordinal);
        Audit.Quiet("SP-USE-08", Base + "group copy in vpc-b tag replica-of=base\n  ingress tcp/443 from 10.0.0.0/9\n  ingress tcp/443 from 10.128.0.0/9\n  ingress any from copy");
        Assert.Contains("not read", Audit.Unknown("SP-USE-08", "set replica.tag replica-of\ngroup copy tag replica-of=gone"), StringComparison.Ordinal);
        Assert.Contains("2 groups", Audit.Unknown("SP-USE-08", "set replica.tag replica-of\ngroup a named x\ngroup b named x\ngroup copy tag replica-of=x"), StringComparison.Ordinal);
        Assert.Contains(Audit.Of("group web").NotAssessed, n => n.Rule.Code == "SP-USE-08");
    }

    [Theory]
    [InlineData("envelope.allow ingress tcp/443 from 10.0.0.0/8", "ingress tcp/443 from 10.1.0.0/16", false)]
    [InlineData("envelope.allow ingress tcp/443 from 10.0.0.0/8", "ingress tcp/443 from 11.0.0.0/8", true)]
    [InlineData("envelope.allow ingress tcp/443 from 10.0.0.0/8", "egress any to 0.0.0.0/0", false)] // nothing is said of egress
    [InlineData("envelope.allow ingress tcp/443 from 10.0.0.0/8, ingress tcp/444 from 10.0.0.0/8", "ingress tcp/443-444 from 10.0.0.0/8", false)] // together they hold it
    [InlineData("envelope.allow ingress tcp/443 from 10.0.0.0/8", "ingress tcp/443 from db", true)] // the VPC has IPv6 too
    [InlineData("envelope.allow ingress tcp/443 from 10.0.0.0/8, ingress tcp/443 from 2600::/12", "ingress tcp/443 from db", false)]
    [InlineData("envelope.allow ingress tcp/443 from groups", "ingress tcp/443 from db", false)]
    [InlineData("envelope.allow ingress tcp/443 from groups", "ingress tcp/443 from 10.0.0.0/8", true)]
    [InlineData("envelope.allow ingress tcp/443 from sg-db", "ingress tcp/443 from db", false)]
    [InlineData("envelope.allow template", "ingress tcp/80-85 from 10.0.0.0/8", false)]
    [InlineData("envelope.allow template", "ingress tcp/80-91 from 10.0.0.0/8", true)]
    [InlineData("envelope.deny ingress any from 0.0.0.0/0", "ingress tcp/443 from 10.0.0.0/8", true)]
    [InlineData("envelope.deny ingress tcp/22 from 0.0.0.0/0", "ingress tcp/20-25 from 10.0.0.0/8", true)]
    [InlineData("envelope.deny ingress tcp/22 from 0.0.0.0/0", "ingress tcp/23-25 from 10.0.0.0/8", false)]
    [InlineData("envelope.deny egress tcp/22 to groups", "egress tcp/22 to db", true)]
    [InlineData("envelope.deny egress tcp/22 to 10.1.0.0/16, egress tcp/22 to 2600::/12", "egress tcp/22 to db", true)]
    public void Rules_are_held_against_the_envelope(string envelope, string rule, bool fires) => Assert.Equal(
        fires,
        Audit.Findings("SP-USE-09", $"set {envelope}\ngroup web\n  {rule}\ngroup db\ngroup template\n  ingress tcp/80-90 from 10.0.0.0/8").Any(f => f.Resource.Id == "sg-web"));

    [Fact]
    public void An_envelope_that_is_not_wholly_known_decides_nothing()
    {
        Assert.Contains("gone", Audit.Unknown("SP-USE-09", "set envelope.allow gone\nset envelope.deny ingress tcp/22 from groups\ngroup web\n  ingress tcp/80 from 10.0.0.0/8"), StringComparison.Ordinal);
        Assert.Contains("not wholly read", Audit.Unknown("SP-USE-09", "set envelope.allow ingress tcp/80 from 10.0.0.0/8\nlist pl-x unread\ngroup web\n  ingress tcp/80 from pl-x"), StringComparison.Ordinal);
        Assert.Contains("not wholly read", Audit.Unknown("SP-USE-09", "set envelope.deny ingress tcp/80 from 10.1.0.0/24\ngroup web\n  ingress tcp/80 from web"), StringComparison.Ordinal); // some of the VPC
        Assert.Contains(Audit.Of("group web").NotAssessed, n => n.Rule.Code == "SP-USE-09");
    }

    [Theory]
    [InlineData("ingress tcp/443", false)]
    [InlineData("ingress tcp/443 to 10.0.0.0/8", false)]
    [InlineData("ingress tcp/x from 10.0.0.0/8", false)]
    [InlineData("ingress tcp/443 from web", false)]
    [InlineData("egress any to groups, template", true)]
    public void Envelopes_are_validated(string text, bool isGood) =>
        Assert.Equal(isGood, AuditOptions.Default.Parameters.TryWith("envelope.allow", text, out _, out _));

    [Fact]
    public void A_load_balancer_needs_both_directions_in_its_groups_together()
    {
        Audit.Fires("SP-USE-10", "group lb\n  egress any to 0.0.0.0/0\ninterface eni-1 lb 10.1.0.5 lb");
        Audit.Quiet("SP-USE-10", "group in\n  ingress tcp/443 from 0.0.0.0/0\ngroup out\n  egress any to 0.0.0.0/0\ninterface eni-1 in,out 10.1.0.5 lb");
        Audit.Quiet("SP-USE-10", "group web\n  ingress tcp/443 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5"); // no load balancer
        Audit.Quiet("SP-USE-10", "group web\n  ingress tcp/443 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5 described \"ELB app/mine\""); // a user's words
        Assert.Contains("sg-away", Audit.Unknown("SP-USE-10", "group lb\n  ingress tcp/443 from 0.0.0.0/0\ninterface eni-1 lb,away 10.1.0.5 lb"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_on_the_default_group_alone()
    {
        Assert.Contains("a database of RDS", Audit.Fires("SP-USE-11", "group default\ninterface eni-1 default 10.1.0.5 requester amazon-rds").Message, StringComparison.Ordinal);
        Assert.Contains("an ElastiCache", Audit.Fires("SP-USE-11", "group default\ninterface eni-1 default 10.1.0.5 requester amazon-elasticache").Message, StringComparison.Ordinal);
        Audit.Quiet("SP-USE-11", "group default\ngroup db\ninterface eni-1 default,db 10.1.0.5 requester amazon-rds");
        Audit.Quiet("SP-USE-11", "group default\ninterface eni-1 default 10.1.0.5"); // SP-DEF-03 says so
        Audit.Quiet("SP-USE-11", "group default\ninterface eni-1 - 10.1.0.5 type nat_gateway requester amazon-vpc");
        Assert.Contains("sg-away", Audit.Unknown("SP-USE-11", "group default\ninterface eni-1 away 10.1.0.5 requester amazon-rds"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingress tcp/5432 from 0.0.0.0/0", "", FindingSeverity.Critical)]
    [InlineData("ingress tcp/5432 from 0.0.0.0/1\n  ingress tcp/5432 from 128.0.0.0/1", "", FindingSeverity.Critical)]
    [InlineData("ingress tcp/5432 from ::/0", "", FindingSeverity.Critical)]
    [InlineData("ingress tcp/5432 from 8.8.8.8/32", " public 52.1.2.3", FindingSeverity.Critical)]
    [InlineData("ingress tcp/5432 from 8.8.8.8/32", "", null)]
    [InlineData("ingress tcp/5432 from 10.1.0.0/23", "", FindingSeverity.High)]
    [InlineData("ingress tcp/5432 from 10.1.0.0/24", "", null)] // 256 hosts
    [InlineData("ingress tcp/5432 from 10.1.0.0/24", " public 52.1.2.3", null)]
    [InlineData("ingress tcp/5432 from pl-two", "", FindingSeverity.High)] // a list of two /24
    [InlineData("ingress tcp/5432 from 2600::/119", "", FindingSeverity.High)]
    [InlineData("ingress tcp/5432 from db", "", null)]
    [InlineData("egress any to 0.0.0.0/0", "", null)]
    public void The_group_of_a_database(string rules, string more, FindingSeverity? severity)
    {
        var estate = $"list pl-two 10.1.1.0/24 10.1.3.0/24\ngroup db\n  {rules}\ninterface eni-1 db 10.1.0.5 requester amazon-rds{more}";
        Assert.Equal(severity, Audit.Findings("SP-USE-12", estate).SingleOrDefault()?.Severity);
        Assert.Empty(Audit.Findings("SP-USE-12", estate.Replace(" requester amazon-rds", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_wide_database_group_names_exactly_the_wide_rules()
    {
        Audit.Fires(
            "SP-USE-12", "group db\n  ingress tcp/5432 from 10.1.0.0/16\n  ingress tcp/5432 from 10.1.1.0/24\n  ingress tcp/5432 from db\ninterface eni-1 db 10.1.0.5 described RDSNetworkInterface requester 123456789012",
            "ingress tcp/5432 from 10.1.0.0/16");
        Assert.Contains("pl-x", Audit.Unknown("SP-USE-12", "list pl-x unread\ngroup db\n  ingress tcp/5432 from pl-x\ninterface eni-1 db 10.1.0.5 requester amazon-redshift"), StringComparison.Ordinal);
        Assert.Contains("interfaces", Audit.Unknown("SP-USE-12", "group db\n  ingress tcp/5432 from 10.1.0.0/16\ngap NetworkInterfaces"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eks-remoteAccess-1", "ingress tcp/22 from 0.0.0.0/0", true)]
    [InlineData("eks-remoteAccess-1", "ingress tcp/20-25 from ::/0", true)]
    [InlineData("eks-remoteAccess-1", "ingress tcp/443 from 0.0.0.0/0", false)]
    [InlineData("eks-remoteAccess-1", "ingress udp/22 from 0.0.0.0/0", false)]
    [InlineData("ElasticMapReduce-master", "ingress tcp/8443 from 0.0.0.0/0", true)]
    [InlineData("ElasticMapReduce-slave", "ingress tcp/8443 from 207.171.167.0/25", false)]
    [InlineData("\"mine\" tag for-use-with-amazon-emr-managed-policies=true", "ingress tcp/443 from ::/0", true)]
    [InlineData("eks-cluster-sg", "ingress tcp/22 from 0.0.0.0/0", false)]
    public void Groups_of_clusters(string name, string rule, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-USE-13", $"group c named {name}\n  {rule}").Count);

    [Fact]
    public void An_interface_attached_to_nothing()
    {
        Assert.Equal("AWS::EC2::NetworkInterface", Audit.Fires("SP-USE-14", "group web\ninterface eni-1 web 10.1.0.5 status available").Resource.Type);
        Audit.Quiet("SP-USE-14", "group web\ninterface eni-1 - 10.1.0.5 status available");
        Audit.Quiet("SP-USE-14", "group web\ninterface eni-1 web 10.1.0.5 status in-use");
        Assert.Contains("status", Audit.Unknown("SP-USE-14", "group web\ninterface eni-1 web 10.1.0.5 status \"\""), StringComparison.Ordinal);
    }
}
