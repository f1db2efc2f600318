using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Settings;

namespace Sallyport.Tests.Auditing.Settings;

public sealed class SettingsReaderTests
{
    private const string Whole = """
        version: 1
        audit:
          fail-on: high
          rules: {include: [SP-EGR, ingress], exclude: SP-ING-16, framework: [SOC2], min-severity: low}
          severity: {SP-EGR-01: critical, overlap: off}
          waivers: [waivers.yaml, {rule: SP-ING-06, resource: bastion, reason: r, owner: o, expires: 2027-01-31}]
          custom: own.yaml
          baseline: base.json
          connections: connections.yaml
          world.tcp: [80, 443, 8000-8080]
          world: {udp: 53}
          nearworld:
            fraction: 0.25
          resolvers: "10.0.0.2, fd00::53"
          allowall.counts: true
        """;

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Assert.IsType<AuditSettings>(SettingsReader.Read(Whole, "sallyport.yaml").Value);
        Assert.Equal(["SP-EGR", "ingress"], settings.Include.Select(w => w.Text));
        Assert.Equal(["SP-ING-16"], settings.Exclude.Select(w => w.Text));
        Assert.Equal(["SOC2"], settings.Frameworks.Select(w => w.Text));
        Assert.Equal(FindingSeverity.Low, settings.LeastSeverity);
        Assert.Equal(FindingSeverity.High, settings.FailOn!.Least);
        Assert.Equal([FindingSeverity.Critical, null], Assert.Single(settings.Severities).Select(s => s.Severity));
        Assert.Equal(["waivers.yaml"], settings.WaiverFiles.Select(w => w.Text));
        Assert.Equal("bastion", Assert.Single(settings.Waivers).Resource);
        Assert.Equal(["own.yaml"], settings.CustomFiles.Select(w => w.Text));
        Assert.Equal(("base.json", "connections.yaml"), (settings.Baseline!.Text, settings.Connections!.Text));
        Assert.Equal(
            ["world.tcp=80, 443, 8000-8080", "world.udp=53", "nearworld.fraction=0.25", "resolvers=10.0.0.2, fd00::53", "allowall.counts=true"],
            settings.Parameters.Select(p => $"{p.Name.Text}={p.Value}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("audit:\n")]
    [InlineData("audit: {}")]
    [InlineData("audit: {rules: , waivers: , fail-on: }")]
    public void A_file_may_say_nothing(string yaml)
    {
        var read = SettingsReader.Read(yaml, "f");
        Assert.Empty(read.Diagnostics);
        Assert.True(read.Value!.Include.IsEmpty && read.Value.Parameters.IsEmpty && read.Value.FailOn is null);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "audti: {}", "1:1 SPD1003" },
        { "version: 2", "1:10 SPD1017" },
        { "audit: [a]", "1:8 SPD1012" },
        { "[a]", "1:1 SPD1012" },
        { "audit: {worl.tcp: 80}", "1:9 SPD7101" },
        { "audit: {world: {tpc: 80}}", "1:17 SPD7101" },
        { "audit: {world: 80}", "1:9 SPD7101" },
        { "audit: {world.tcp: 70000}", "1:20 SPD7102" },
        { "audit: {world.tcp: {a: 1}}", "1:21 SPD7101" },
        { "audit: {world.tcp: [[80]]}", "1:21 SPD1012" },
        { "audit: {world.tcp: [\"80,81\"]}", "1:21 SPD7102" },
        { "audit: {world.tcp: 80, world: {tcp: 443}}", "1:32 SPD7104" },
        { "audit: {world.tcp: 80, world.tcp: 443}", "1:24 SPD1005" },
        { "audit: {allowall.counts: yes}", "1:26 SPD7102" },
        { "audit: {fail-on: hihg}", "1:18 SPD1017" },
        { "audit: {fail-on: 3}", "1:18 SPD1017" },
        { "audit: {severity: {SP-EGR-01: huge}}", "1:31 SPD1017" },
        { "audit: {severity: high}", "1:19 SPD1012" },
        { "audit: {rules: {includes: [a]}}", "1:17 SPD1003" },
        { "audit: {rules: {min-severity: off}}", "1:31 SPD1017" },
        { "audit: {rules: [a]}", "1:16 SPD1012" },
        { "audit: {baseline: [a]}", "1:19 SPD1012" },
        { "audit: {waivers: [{rule: a}]}", "1:19 SPD1013,1:19 SPD1013,1:19 SPD1013,1:19 SPD1013" },
        { "audit: {waivers: [[a]]}", "1:19 SPD1012" },
        { "audit: {fail-on: x, worl.tcp: 1, rules: {in: a}}", "1:18 SPD1017,1:21 SPD7101,1:42 SPD1003" },
        { "audit: {fail-on: high", "2:1 SPD1001" },
        { "audit: {fail-on: *x}", "1:18 SPD1007" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_said_with_its_code_and_place(string yaml, string expected)
    {
        var read = SettingsReader.Read(yaml, "sallyport.yaml");
        Assert.Null(read.Value);
        Assert.Equal(expected, string.Join(",", read.Diagnostics.Select(d => $"{d.At!.Line}:{d.At.Column} {d.Code}")));
        Assert.All(read.Diagnostics, d => Assert.Matches("[.?]$", d.Message));
    }

    [Fact]
    public void A_near_miss_gets_a_suggestion() =>
        Assert.Contains("Did you mean \"world.tcp\"?", Assert.Single(SettingsReader.Read("audit: {word.tcp: 80}", "f").Diagnostics).Message, StringComparison.Ordinal);

    [Fact]
    public void No_parameter_has_the_name_of_a_setting() => Assert.Empty(AuditParameters.All.Select(p => p.Name).Intersect(SettingsReader.Reserved));

    [Fact]
    public void Every_parameter_can_be_set_by_its_default_dotted_and_nested()
    {
        foreach (var parameter in AuditParameters.All.Where(p => p.DefaultText.Length > 0))
        {
            var parts = parameter.Name.Split('.');
            var nested = string.Concat(parts.Select(p => $"{{{p}: ")) + $"'{parameter.DefaultText.Replace("'", "''", StringComparison.Ordinal)}'" + new string('}', parts.Length);
            Assert.Empty(SettingsReader.Read($"audit: {nested}", "f").Diagnostics);
        }
    }

    [Fact]
    public void Bombs_end_in_a_diagnostic()
    {
        Assert.Contains(SettingsReader.Read("audit: " + new string('{', 10_000), "f").Diagnostics, d => d.Code == "SPD1002");
        Assert.Contains(SettingsReader.Read("audit: {" + string.Concat(Enumerable.Range(0, 5_000).Select(n => $"k{n}: 1, ")) + "}", "f").Diagnostics, d => d.Code == "SPD1099");
        Assert.Contains(SettingsReader.Read("audit: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}", "f").Diagnostics, d => d.Code == "SPD7101");
    }
}
