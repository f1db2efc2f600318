using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

/// <summary>The table of service ports, against a copy of the catalogue's that was written down apart from it.</summary>
public sealed class PortTableTests
{
    private static readonly (string Code, string Services, FindingSeverity Severity)[] Expected =
    [
        ("SP-PRT-01", "tcp/20 tcp/21", FindingSeverity.High),
        ("SP-PRT-02", "tcp/22 tcp/115", FindingSeverity.High),
        ("SP-PRT-03", "tcp/23", FindingSeverity.High),
        ("SP-PRT-04", "tcp/25", FindingSeverity.High),
        ("SP-PRT-05", "tcp/53 udp/53", FindingSeverity.High),
        ("SP-PRT-06", "tcp/110 tcp/143", FindingSeverity.High),
        ("SP-PRT-07", "tcp/88 tcp/464 tcp/749 tcp/750 udp/88 udp/464 udp/749 udp/750", FindingSeverity.High),
        ("SP-PRT-08", "tcp/135", FindingSeverity.High),
        ("SP-PRT-09", "tcp/137 tcp/138 tcp/139 udp/137 udp/138 udp/139", FindingSeverity.High),
        ("SP-PRT-10", "udp/161", FindingSeverity.High),
        ("SP-PRT-11", "tcp/389 tcp/636 udp/389", FindingSeverity.High),
        ("SP-PRT-12", "tcp/445 tcp/139 tcp/3020 udp/445", FindingSeverity.Critical),
        ("SP-PRT-13", "tcp/1433 tcp/1434 udp/1434", FindingSeverity.High),
        ("SP-PRT-14", "tcp/2382 tcp/2383", FindingSeverity.High),
        ("SP-PRT-15", "tcp/1521 tcp/1522 tcp/2483 tcp/2484 udp/2484", FindingSeverity.High),
        ("SP-PRT-16", "tcp/3306 tcp/4333", FindingSeverity.High),
        ("SP-PRT-17", "tcp/3389 udp/3389", FindingSeverity.High),
        ("SP-PRT-18", "tcp/5432", FindingSeverity.High),
        ("SP-PRT-19", "tcp/27017 tcp/27018 tcp/27019", FindingSeverity.High),
        ("SP-PRT-20", "tcp/6379 tcp/6380", FindingSeverity.High),
        ("SP-PRT-21", "tcp/11211 tcp/11214 tcp/11215 udp/11211 udp/11214 udp/11215", FindingSeverity.Critical),
        ("SP-PRT-22", "tcp/7000 tcp/7001 tcp/7199 tcp/8888 tcp/9042 tcp/9160 tcp/61620 tcp/61621", FindingSeverity.High),
        ("SP-PRT-23", "tcp/9200 tcp/9300", FindingSeverity.High),
        ("SP-PRT-24", "tcp/5601", FindingSeverity.High),
        ("SP-PRT-25", "tcp/9092 tcp/9094 tcp/9096 tcp/2181", FindingSeverity.High),
        ("SP-PRT-26", "tcp/8020 tcp/9000 tcp/50070 tcp/50470", FindingSeverity.High),
        ("SP-PRT-27", "tcp/2375 tcp/2376", FindingSeverity.Critical),
        ("SP-PRT-28", "tcp/2379 tcp/2380 tcp/6443 tcp/10250", FindingSeverity.Critical),
        ("SP-PRT-29", "tcp/4505 tcp/4506", FindingSeverity.High),
        ("SP-PRT-30", "tcp/8140", FindingSeverity.High),
        ("SP-PRT-31", "tcp/5500 tcp/5800 tcp/5900 tcp/5901 tcp/5902 tcp/5903", FindingSeverity.High),
        ("SP-PRT-32", "tcp/3000 tcp/5000 tcp/8000 tcp/8080 tcp/8088 tcp/8888 tcp/9090", FindingSeverity.Medium),
        ("SP-PRT-33", "tcp/80", FindingSeverity.Info),
        ("SP-PRT-34", "tcp/443", FindingSeverity.Info),
        ("SP-PRT-35", "tcp/2049 tcp/111 udp/2049 udp/111", FindingSeverity.High),
        ("SP-PRT-36", "tcp/5985 tcp/5986", FindingSeverity.High),
        ("SP-PRT-37", "tcp/194 tcp/6660 tcp/6661 tcp/6662 tcp/6663 tcp/6664 tcp/6665 tcp/6666 tcp/6667 tcp/6668 tcp/6669 tcp/6697 tcp/7000", FindingSeverity.High),
        ("SP-PRT-38", "tcp/8182 tcp/27017 tcp/5439 tcp/8111 tcp/9111 tcp/9094 tcp/9096 tcp/9098", FindingSeverity.High),
    ];

    public static TheoryData<string> Codes => [.. Expected.Select(e => e.Code)];

    [Fact]
    public void Every_row_is_a_rule_and_the_last_one_is_the_users() => Assert.Equal(
        Expected.Select(e => e.Code).Append("SP-PRT-39"),
        RuleCatalogue.All.Where(r => r.Family == RuleFamily.Port).Select(r => r.Code));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_row_covers_its_ports_and_not_their_neighbours(string code)
    {
        var (_, services, severity) = Expected.Single(e => e.Code == code);
        var listed = services.Split(' ').Select(Service.Parse).ToHashSet();
        foreach (var service in listed)
        {
            Assert.Equal(severity, Audit.Fires(code, $"group web\n  ingress {service} from 0.0.0.0/0").Severity);
            foreach (var port in new[] { service.From - 1, service.From + 1 })
            {
                var neighbour = Service.Create(service.Protocol, port, port);
                if (!listed.Contains(neighbour)) Audit.Quiet(code, $"group web\n  ingress {neighbour} from 0.0.0.0/0");
            }

            var twin = Service.Create(service.Protocol == Protocol.Tcp ? Protocol.Udp : Protocol.Tcp, service.From, service.From);
            if (!listed.Contains(twin)) Audit.Quiet(code, $"group web\n  ingress {twin} from 0.0.0.0/0");
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_row_is_about_the_world_in_either_family_and_about_ingress(string code)
    {
        var service = Service.Parse(Expected.Single(e => e.Code == code).Services.Split(' ')[0]);
        Audit.Fires(code, $"group web\n  ingress {service} from ::/0");
        Audit.Fires(code, "group web\n  ingress any from 0.0.0.0/0");
        Audit.Fires(code, $"group web\n  ingress {Service.Create(service.Protocol, service.From - 1, service.From)} from 0.0.0.0/0");
        Audit.Quiet(code, $"group web\n  ingress {service} from 0.0.0.0/1\n  ingress any from 10.0.0.0/8\n  ingress any from web\n  ingress any from fc00::/7");
        Audit.Quiet(code, $"group web\n  egress {service} to 0.0.0.0/0\n  ingress icmp from 0.0.0.0/0");
    }

    [Fact]
    public void To_name_SP_ING_07_is_to_name_its_rows()
    {
        const string Open = "group web\n  ingress tcp/22 from 0.0.0.0/0\n  ingress tcp/6379 from 0.0.0.0/0";
        ImmutableArray<string> family = [.. RuleBook.Catalogue.ByRule("sp-ing-07").Select(r => r.Code)];
        Assert.Equal(Expected.Select(e => e.Code).Prepend("SP-ING-07").Append("SP-PRT-39"), family);
        Assert.Equal(["SP-PRT-02", "SP-PRT-20"], Audit.Of(Open, new AuditOptions { Rules = family }).Findings.Select(f => f.Rule).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Audit.Of(Open, new AuditOptions { Excluded = family }).Findings, f => f.Rule.StartsWith("SP-PRT", StringComparison.Ordinal));
        Assert.Contains(Audit.Of(Open, new AuditOptions { Rules = family }).NotAssessed, n => n.Rule.Code == "SP-PRT-39");
        Assert.Equal(["SP-PRT-02"], RuleBook.Catalogue.ByRule("SP-PRT-02").Select(r => r.Code));
    }

    [Fact]
    public void The_silence_of_SP_ING_07_is_no_pass_of_its_clauses() => Assert.All(
        new[] { "FSBP", "PCI-DSS-4.0" }.SelectMany(name => Audit.Of("group web", new AuditOptions { Frameworks = [FrameworkCatalogue.Find(name, out _)!] }).Compliance),
        report => Assert.DoesNotContain(report.Controls.SelectMany(c => c.Rules), r => r.Code == "SP-ING-07"));

    [Theory]
    [InlineData("tcp/8443", "tcp/8443", true)]
    [InlineData("8443", "tcp/8400-8500", true)]
    [InlineData("8443", "udp/8443", false)]
    [InlineData("8443", "tcp/8442", false)]
    [InlineData("udp/5000-5010, 9999", "udp/5010", true)]
    [InlineData("udp/5000-5010, 9999", "udp/5011", false)]
    [InlineData("udp/5000-5010, 9999", "tcp/9999", true)]
    [InlineData("proto/132", "proto/132", true)]
    public void Ports_of_ones_own(string ports, string service, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-PRT-39", $"set custom_ports {ports}\ngroup web\n  ingress {service} from 0.0.0.0/0").Count);

    [Fact]
    public void Without_a_list_there_is_nothing_to_assess() => Assert.Equal(
        "needs the parameter custom_ports", Assert.Single(Audit.Of("group web").NotAssessed, n => n.Rule.Code == "SP-PRT-39").Why);

    [Fact]
    public void The_ports_of_IRC_are_a_parameter()
    {
        Audit.Fires("SP-PRT-37", "set irc.tcp 6667\ngroup web\n  ingress tcp/6667 from 0.0.0.0/0");
        Audit.Quiet("SP-PRT-37", "set irc.tcp 6667\ngroup web\n  ingress tcp/6697 from 0.0.0.0/0");
    }

    [Theory]
    [InlineData("tcp", false)]
    [InlineData("tcp/70000", false)]
    [InlineData("http", false)]
    [InlineData("8443-8000", false)]
    [InlineData("443, udp/53, proto/47, any", true)]
    public void Services_are_validated(string text, bool isGood) =>
        Assert.Equal(isGood, Sallyport.Auditing.Parameters.ParameterValues.Defaults.TryWith("custom_ports", text, out _, out _));
}
